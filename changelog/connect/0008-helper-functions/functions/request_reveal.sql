create or replace function private.request_reveal(p_match uuid)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    found_match public.matches := private.lock_my_match(p_match);
    pending public.reveals;
begin
    if found_match.status = 'revealed' then
        return 'accepted';
    end if;
    if found_match.status not in ('accepted_both', 'blind_chat_active') then
        raise exception 'No reveal is possible in a match that is %', found_match.status
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Both sides must have accepted the match, and it must not have ended.';
    end if;

    update public.reveals as r
    set status = 'expired'
    where r.match_id = p_match
        and r.status = 'pending'
        and r.expires_at <= now();

    select r.* into pending
    from public.reveals as r
    where r.match_id = p_match
        and r.status = 'pending';
    if pending.requested_by = auth.uid() then
        return 'pending';
    elsif pending.requested_to = auth.uid() then
        return private.settle_reveal(pending.id, true);
    end if;

    if exists (
        select
        from public.reveals as r
        where r.match_id = p_match
            and r.requested_by = auth.uid()
            and r.status = 'declined'
    )
    then
        raise exception 'The other side has declined your reveal request'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Only the other side can request a reveal now.';
    end if;

    insert into public.reveals (match_id, requested_by, requested_to)
    values (
        p_match,
        auth.uid(),
        case when found_match.user_a = auth.uid() then found_match.user_b else found_match.user_a end
    );
    update public.blind_chats as c
    set reveal_state = 'requested'
    where c.match_id = p_match;
    return 'pending';
end
$$;

comment on function private.request_reveal(uuid) is
    'Security definer implementation of public.request_reveal; checks the caller.';

create or replace function public.request_reveal(p_match uuid)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.request_reveal(p_match);

comment on function public.request_reveal(uuid) is
    'Ask the other side of a match to reveal; for users. Returns pending, or accepted if the other side had already asked; repeating the call changes nothing. After a decline the same side cannot ask again.';

revoke all on function private.request_reveal(uuid), public.request_reveal(uuid)
    from public, anon, authenticated, service_role;
