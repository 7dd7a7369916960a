create or replace function private.limit_inserts()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.spend_budget(tg_table_name, (select count(*) from added));
    return null;
end
$$;

comment on function private.limit_inserts() is
    'Trigger: count the rows that a statement added against the caller''s hourly budget; the kind is the name of the table.';

revoke all on function private.limit_inserts() from public;
