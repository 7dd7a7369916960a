create or replace function private.limit_saved_filters()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- Runs with the caller's rights, so it does not see or reveal the filters of other users.
    if (
        select count(*)
        from public.saved_filters as f
        where f.user_id = new.user_id
    ) >= 100 then
        raise exception 'a user can have at most 100 saved filters'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Delete a filter first.';
    end if;
    return new;
end
$$;

comment on function private.limit_saved_filters() is 'Reject a new filter of a user who already has 100.';

revoke all on function private.limit_saved_filters() from public;
