create or replace function private.is_my_active_blind_chat(p_chat uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.blind_chats as c
        join public.matches as m on m.id = c.match_id
        where c.id = p_chat
            and c.is_active
            and m.status in ('accepted_both', 'blind_chat_active', 'revealed')
            and (select auth.uid()) in (m.user_a, m.user_b)
    );
end
$$;

comment on function private.is_my_active_blind_chat(uuid) is
    'Whether the chat is an active blind chat of the caller in an accepted match.';

revoke all on function private.is_my_active_blind_chat(uuid) from public;
grant execute on function private.is_my_active_blind_chat(uuid) to authenticated;
