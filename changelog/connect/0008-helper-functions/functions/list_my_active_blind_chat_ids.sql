create or replace function private.list_my_active_blind_chat_ids()
returns setof uuid
language plpgsql
stable
security definer
rows 10
set search_path = ''
as $$
begin
    return query
        select c.id
        from private.list_my_match_sides() as s
        join public.matches as m on m.id = s.match_id
        join public.blind_chats as c on c.match_id = m.id
        where c.is_active
            and m.status in ('accepted_both', 'blind_chat_active', 'revealed');
end
$$;

comment on function private.list_my_active_blind_chat_ids() is
    'Ids of the caller''s active blind chats in accepted matches.';

revoke all on function private.list_my_active_blind_chat_ids() from public;
grant execute on function private.list_my_active_blind_chat_ids() to authenticated;
