create or replace function private.guard_editorial_history()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Deleting an account sets the user column to null and changes nothing else.
    if tg_op = 'UPDATE'
        and to_jsonb(new) ->> tg_argv[0] is null
        and to_jsonb(new) - tg_argv[0] = to_jsonb(old) - tg_argv[0]
    then
        return new;
    end if;
    if tg_op = 'DELETE' and not exists (select from public.editorial_items as i where i.id = old.editorial_item_id) then
        return old;
    end if;
    raise exception '%.% is append-only', tg_table_schema, tg_table_name
        using
            errcode = 'insufficient_privilege',
            hint = 'Rows are deleted with their item, which can be deleted while it is a draft.';
end
$$;

comment on function private.guard_editorial_history() is
    'Trigger of append-only tables: reject update, delete and truncate, except when the item or an account is deleted. Its argument names the column that may become null.';

revoke all on function private.guard_editorial_history() from public;
