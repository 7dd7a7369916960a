create or replace function private.cancel_reveal(p_reveal uuid)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    request public.reveals;
begin
    select r.* into request
    from public.reveals as r
    where r.id = p_reveal
        and r.requested_by = auth.uid();
    if not found then
        raise exception 'You have made no reveal request with this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_reveals lists the requests in your matches.';
    end if;
    perform private.lock_my_match(request.match_id);

    update public.reveals as r
    set status = 'cancelled',
        responded_at = now()
    where r.id = p_reveal
        and r.status = 'pending';
    if found then
        update public.blind_chats as c
        set reveal_state = 'none'
        where c.match_id = request.match_id
            and c.reveal_state = 'requested';
        return 'cancelled';
    end if;

    select r.* into strict request
    from public.reveals as r
    where r.id = p_reveal;
    if request.status <> 'cancelled' then
        raise exception 'This reveal request is no longer pending: %', request.status
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    return request.status;
end
$$;

comment on function private.cancel_reveal(uuid) is
    'Security definer implementation of public.cancel_reveal; checks the caller.';

create or replace function public.cancel_reveal(p_reveal uuid)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.cancel_reveal(p_reveal);

comment on function public.cancel_reveal(uuid) is
    'Cancel the caller''s pending reveal request; for users. Repeating the call changes nothing.';

revoke all on function private.cancel_reveal(uuid), public.cancel_reveal(uuid)
    from public, anon, authenticated, service_role;
