create or replace function private.refuse_rewriting()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- Deleting an account sets this column to null and changes nothing else.
    if tg_op = 'UPDATE'
        and to_jsonb(new) ->> tg_argv[0] is null
        and to_jsonb(new) - tg_argv[0] = to_jsonb(old) - tg_argv[0]
    then
        return new;
    end if;
    raise exception '%.% is append-only', tg_table_schema, tg_table_name
        using
            errcode = 'insufficient_privilege',
            hint = 'Insert another row that corrects this one.';
end
$$;

comment on function private.refuse_rewriting() is
    'Trigger of append-only tables: reject update, delete and truncate. Its argument names the column that may become null when an account is deleted.';

revoke all on function private.refuse_rewriting() from public;
