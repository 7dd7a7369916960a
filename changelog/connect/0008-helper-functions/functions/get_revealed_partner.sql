create or replace function private.get_revealed_partner(p_match uuid)
returns table (user_id uuid, display_name text, avatar_url text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    partner uuid;
    state text;
begin
    select case when m.user_a = (select auth.uid()) then m.user_b else m.user_a end, m.status
    into partner, state
    from public.matches as m
    where m.id = p_match
        and private.is_match_participant(m, (select auth.uid()));
    if not found then
        raise exception 'You have no match with this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_matches lists your matches.';
    end if;
    if state not in ('accepted_both', 'blind_chat_active', 'revealed') then
        raise exception 'The other side of a match that is % cannot be seen', state
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if not exists (
        select
        from public.reveals as r
        where r.match_id = p_match
            and r.status = 'accepted'
    )
    then
        raise exception 'The two sides of this match are not revealed to each other'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Call request_reveal to ask the other side.';
    end if;
    return query
    select u.id, u.display_name, u.avatar_url
    from public.users as u
    where u.id = partner;
end
$$;

comment on function private.get_revealed_partner(uuid) is
    'Security definer implementation of public.get_revealed_partner; checks the caller.';

create or replace function public.get_revealed_partner(p_match uuid)
returns table (user_id uuid, display_name text, avatar_url text)
language sql
stable
security invoker
set search_path = ''
return private.get_revealed_partner(p_match);

comment on function public.get_revealed_partner(uuid) is
    'Return account id, name and picture of the other side of a match; for users, from an accepted reveal request until the match ends.';

revoke all on function private.get_revealed_partner(uuid), public.get_revealed_partner(uuid)
    from public, anon, authenticated, service_role;
