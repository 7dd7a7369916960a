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
        -- The same for what does not exist and for what is of others, so that nobody can find out which.
        raise exception 'No match of yours has this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_matches lists yours.';
    end if;
    return locked;
end
$$;

comment on function private.lock_my_match(uuid) is
    'Locks and gives the match if the account that calls takes part in it, else refuses. Only for functions that are definers.';

revoke all on function private.lock_my_match(uuid) from public;
