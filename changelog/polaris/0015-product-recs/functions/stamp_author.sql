create or replace function private.stamp_author()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- The service may name whom it acts for; an account that is deleted takes its name out.
    if current_user = 'authenticated' then
        if tg_op = 'INSERT' then
            new.created_by := (select auth.uid());
        end if;
        new.updated_by := (select auth.uid());
    end if;
    return new;
end
$$;

comment on function private.stamp_author() is 'Writes created_by and updated_by for callers of the API.';

revoke all on function private.stamp_author() from public;
