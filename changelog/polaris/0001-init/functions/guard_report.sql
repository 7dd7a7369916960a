create or replace function private.guard_report()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if new.status = 'open' then
        new.handled_by := null;
        new.handled_at := null;
    elsif new.status <> old.status then
        -- The service may name the admin for whom it acts; the policy restricts admins to their own id.
        if new.handled_by is null or new.handled_by is not distinct from old.handled_by then
            new.handled_by := (select auth.uid());
        end if;
        new.handled_at := now();
    else
        new.handled_at := old.handled_at;
        -- Deleting an account sets handled_by to null; clients may not change it.
        if current_user in ('anon', 'authenticated') then
            new.handled_by := old.handled_by;
        end if;
    end if;
    return new;
end
$$;

comment on function private.guard_report() is 'Trigger: set handled_by and handled_at of a report when its status changes.';

revoke all on function private.guard_report() from public;
