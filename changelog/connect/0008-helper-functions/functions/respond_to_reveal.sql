create or replace function private.respond_to_reveal(p_reveal uuid, p_accept boolean)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    request public.reveals;
    found_match public.matches;
begin
    if p_accept is null then
        raise exception 'p_accept must be true or false'
            using errcode = 'null_value_not_allowed';
    end if;
    select r.* into request
    from public.reveals as r
    where r.id = p_reveal
        and r.requested_to = auth.uid();
    if not found then
        raise exception 'You have received no reveal request with this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_reveals lists the requests in your matches.';
    end if;
    found_match := private.lock_my_match(request.match_id);
    -- Read the request again: it may have been answered while this call waited for the lock.
    select r.* into strict request
    from public.reveals as r
    where r.id = p_reveal;

    if request.status = (case when p_accept then 'accepted' else 'declined' end) then
        return request.status;
    end if;
    if request.status <> 'pending' or found_match.status not in ('accepted_both', 'blind_chat_active') then
        raise exception 'This reveal request can no longer be answered: it is %, the match is %', request.status, found_match.status
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if request.expires_at <= now() then
        raise exception 'This reveal request has expired'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    return private.settle_reveal(p_reveal, p_accept);
end
$$;

comment on function private.respond_to_reveal(uuid, boolean) is
    'Security definer implementation of public.respond_to_reveal; checks the caller.';

create or replace function public.respond_to_reveal(p_reveal uuid, p_accept boolean)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.respond_to_reveal(p_reveal, p_accept);

comment on function public.respond_to_reveal(uuid, boolean) is
    'Accept or decline a reveal request addressed to the caller and return its status; for users. Repeating the call changes nothing.';

revoke all on function private.respond_to_reveal(uuid, boolean), public.respond_to_reveal(uuid, boolean)
    from public, anon, authenticated, service_role;
