create or replace function private.respond_to_match(p_match uuid, p_accept boolean)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    found_match public.matches := private.lock_my_match(p_match);
    mine text := case when found_match.user_a = auth.uid() then 'a' else 'b' end;
    answer text;
begin
    if p_accept is null then
        raise exception 'p_accept must be true or false'
            using errcode = 'null_value_not_allowed';
    end if;
    -- The caller has already given this answer.
    if p_accept and found_match.status in ('accepted_' || mine, 'accepted_both', 'blind_chat_active', 'revealed')
        or not p_accept and found_match.status = 'declined_' || mine
    then
        return found_match.status;
    end if;
    -- Without a chat, declining is the only way to end a match.
    if found_match.status not in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both')
        and (
            p_accept
            or found_match.status not in ('blind_chat_active', 'revealed')
            or exists (select from public.blind_chats as c where c.match_id = p_match)
        )
    then
        raise exception 'This match can no longer be answered: %', found_match.status
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Use end_blind_chat to end an open chat; a match that has ended cannot be reopened.';
    end if;
    if p_accept and found_match.expires_at <= now() then
        raise exception 'This match has expired'
            using errcode = 'object_not_in_prerequisite_state';
    end if;

    answer := case
        when not p_accept then 'declined_' || mine
        when found_match.status = 'proposed' then 'accepted_' || mine
        else 'accepted_both'
    end;
    update public.matches as m
    set status = answer,
        accepted_at_a = case when p_accept and mine = 'a' then now() else m.accepted_at_a end,
        accepted_at_b = case when p_accept and mine = 'b' then now() else m.accepted_at_b end,
        closed_at = case when not p_accept then now() end
    where m.id = p_match;
    return answer;
end
$$;

comment on function private.respond_to_match(uuid, boolean) is
    'Security definer implementation of public.respond_to_match; checks the caller.';

create or replace function public.respond_to_match(p_match uuid, p_accept boolean)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.respond_to_match(p_match, p_accept);

comment on function public.respond_to_match(uuid, boolean) is
    'Accept or decline a match for the caller''s side and return its status; for users. Repeating the call changes nothing; after accepting, the caller may still decline until the chat opens.';

revoke all on function private.respond_to_match(uuid, boolean), public.respond_to_match(uuid, boolean)
    from public, anon, authenticated, service_role;
