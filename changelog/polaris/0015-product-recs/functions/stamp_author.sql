create or replace function private.stamp_author()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- The service may set the author itself, and deleting an account sets it to null through the foreign key.
    if current_user = 'authenticated' then
        if tg_op = 'INSERT' then
            new.created_by := (select auth.uid());
        end if;
        new.updated_by := (select auth.uid());
    end if;
    return new;
end
$$;

comment on function private.stamp_author() is 'Set created_by and updated_by to the signed-in user, for writes through the API.';

revoke all on function private.stamp_author() from public;
