-- Creates column_rules: the masking rule of each column of the tables in masked_tables. The rule comes from masking.yaml (the table rules), or
-- from the referenced column, or is keep for a column that cannot hold personal data: a key, an integer, a time, an enum, or a column whose
-- check lists its values. It is null for a column that masking.yaml must classify.

create function pg_temp.holds_anything(relation oid, column_number smallint) returns boolean stable language sql as $$
    select a.attgenerated = ''
        and format_type(a.atttypid, null) not in ('uuid', 'boolean', 'smallint', 'integer', 'bigint', 'oid', 'interval',
            'timestamp with time zone', 'timestamp without time zone')
        and not exists (select from pg_catalog.pg_type as t where t.oid = a.atttypid and t.typtype = 'e')
        and not exists (
            select
            from pg_catalog.pg_constraint as k
            where k.conrelid = a.attrelid
                and k.contype = 'c'
                and k.convalidated
                and k.conkey = array[a.attnum]
                and pg_get_constraintdef(k.oid) ~ '^CHECK \(\(\(*[a-z_]+\)?(::text)? = (ANY \(\(?ARRAY\[|''[^'']*''::text\)\)$)'
                and pg_get_constraintdef(k.oid) !~ ' OR '
        )
    from pg_catalog.pg_attribute as a
    where a.attrelid = relation and a.attnum = column_number
$$;

create temp table column_rules on commit drop as
select
    a.attrelid, a.attnum, a.attname,
    coalesce(
        (select r.rule from rules as r where r.relation = a.attrelid::regclass::text and r.attribute = '' and r.rule = 'drop'),
        (select r.rule from rules as r where r.relation = a.attrelid::regclass::text and r.attribute = a.attname and r.path = ''),
        case when not pg_temp.holds_anything(a.attrelid, a.attnum) then 'keep' end
    ) as rule
from masked_tables as t
join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped;

do $$
declare
    changed integer := 1;
begin
    while changed > 0 loop
        update column_rules as child
        set rule = parent.rule
        from pg_catalog.pg_constraint as k, unnest(k.conkey, k.confkey) as pair (child, parent), column_rules as parent
        where child.rule is null
            and k.contype = 'f'
            and k.conrelid = child.attrelid
            and pair.child = child.attnum
            and parent.attrelid = k.confrelid
            and parent.attnum = pair.parent
            and parent.rule in ('keep', 'fake', 'hash');
        get diagnostics changed = row_count;
    end loop;
end
$$;
