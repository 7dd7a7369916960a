create or replace function private.limit_saved_filters()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- With the caller's rights: of others it sees none, and so says nothing.
    if (
        select count(*)
        from public.saved_filters as f
        where f.user_id = new.user_id
    ) >= 100 then
        raise exception 'a person keeps at most 100 filters'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Delete one first.';
    end if;
    return new;
end
$$;

comment on function private.limit_saved_filters() is 'Refuses a person''s hundred and first filter.';

revoke all on function private.limit_saved_filters() from public;
