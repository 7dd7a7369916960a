create or replace function private.set_updated_at()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

comment on function private.set_updated_at() is 'Trigger: set updated_at.';

revoke all on function private.set_updated_at() from public;
