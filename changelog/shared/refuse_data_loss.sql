create or replace function private.refuse_data_loss(p_table regclass, p_allowed boolean, p_column name default null)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
set lock_timeout = '5s'
as $$
declare
    holds boolean;
begin
    execute format('lock table %s in access exclusive mode', p_table);
    if p_allowed then
        return;
    end if;
    execute format(
        'select exists (select from %s where %s)',
        p_table,
        case
            when p_column is null then 'true'
            -- Values equal to the default are not user data.
            else format('%I is not null and %1$I is distinct from %s', p_column, (
                select coalesce(pg_get_expr(d.adbin, d.adrelid), 'null')
                from pg_catalog.pg_attribute as a
                left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where a.attrelid = p_table and a.attname = p_column
            ))
        end
    )
    into holds;
    if holds then
        raise exception '% holds data that this rollback would lose', concat_ws('.', p_table::text, quote_ident(p_column))
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'This changeset was not rolled back; the later ones were, so clients have less access rather than more. '
                    || 'To restore them, run liquibase:update. To lose the data, run the same rollback with -DallowDataLoss=true.';
    end if;
end
$$;

comment on function private.refuse_data_loss(regclass, boolean, name) is
    'Raise an error if the table has rows, or the column values other than its default, unless p_allowed. For rollbacks.';

revoke all on function private.refuse_data_loss(regclass, boolean, name) from public;
