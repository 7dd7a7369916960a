create or replace function private.refuse_rewriting()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- Deleting an account sets one of these columns to null and changes nothing else.
    if tg_op = 'UPDATE'
        and exists (
            select
            from unnest(string_to_array(tg_argv[0], ' ')) as person (name)
            where to_jsonb(old) ->> person.name is not null
                and to_jsonb(new) ->> person.name is null
                and to_jsonb(new) - person.name = to_jsonb(old) - person.name
        )
    then
        new := jsonb_populate_record(new, jsonb_build_object(coalesce(tg_argv[1], ''), jsonb_build_object()));
        return new;
    end if;
    raise exception '%.% is append-only', tg_table_schema, tg_table_name
        using
            errcode = 'insufficient_privilege',
            hint = 'Insert another row that corrects this one.';
end
$$;

comment on function private.refuse_rewriting() is
    'Trigger of append-only tables: reject update, delete and truncate. Arguments: the columns that may become null when an account is deleted, and a JSON column that is emptied then.';

revoke all on function private.refuse_rewriting() from public;
