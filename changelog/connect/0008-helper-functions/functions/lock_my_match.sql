create or replace function private.lock_my_match(p_match uuid)
returns public.matches
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    locked public.matches;
begin
    select m.* into locked
    from public.matches as m
    where m.id = p_match
        and private.is_match_participant(m, (select auth.uid()))
    for update;
    if not found then
        -- Same error for a missing match and a match of other users, so that callers cannot tell them apart.
        raise exception 'You have no match with this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_matches lists your matches.';
    end if;
    return locked;
end
$$;

comment on function private.lock_my_match(uuid) is
    'Lock and return the match if the caller takes part in it, else raise an error. For security definer functions only.';

revoke all on function private.lock_my_match(uuid) from public;
