create or replace function private.update_export_history_updated_at()
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

comment on function private.update_export_history_updated_at() is 'Trigger: set updated_at of public.export_history.';

revoke all on function private.update_export_history_updated_at() from public;
