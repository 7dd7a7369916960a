-- Imports actions from a legacy audit table into public.action_events.
--
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.actions -f ops/vectors/import-action-logs.sql
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.actions -v apply=yes -f ops/vectors/import-action-logs.sql
--
-- The source is a table or view with id uuid, action_id text, profile_id uuid, source text, vector text, qol_domain text, selected_at
-- timestamptz, completed_at timestamptz, duration integer (seconds), mode text, metadata jsonb; if the legacy table differs, create such
-- a view. The id must be the same in every run, because it identifies rows that were already imported; compute it from a legacy key that is not
-- a uuid: md5('legacy.audit ' || audit.id)::uuid. Without apply=yes the script only counts rows. A second run adds only new rows and
-- does not change existing ones. Each batch of rows commits (-v batch=5000). The source is first copied into a temporary table of about the
-- same size. One invalid row stops the import before anything is written.
-- Lines that begin with a backslash and lines between \if and \endif are for psql; any client can run the other lines.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

\if :{?source}
select set_config('import.source', :'source', false) \g /dev/null
\endif
\if :{?apply}
select set_config('import.apply', :'apply', false) \g /dev/null
\endif
\if :{?batch}
select set_config('import.batch', :'batch', false) \g /dev/null
\endif

set statement_timeout = 0;

do $$
begin
    -- Lets the server detect during a statement that the client was killed; not available on Windows.
    perform set_config('client_connection_check_interval', '2s', false);
exception
    when invalid_parameter_value then null;
end
$$;

do $$
declare
    given text := nullif(current_setting('import.source', true), '');
    source regclass;
    missing text;
begin
    if given is null then
        raise exception 'source is missing' using hint = 'Name the table or view to import: -v source=legacy.actions';
    end if;
    if coalesce(nullif(current_setting('import.apply', true), ''), 'no') not in ('yes', 'no') then
        raise exception 'apply is %, but must be yes, or omitted for a dry run', current_setting('import.apply');
    end if;
    if coalesce(nullif(current_setting('import.batch', true), ''), '5000') !~ '^[1-9][0-9]{0,6}$' then
        raise exception 'batch is %, but must be a number of rows such as 5000', current_setting('import.batch');
    end if;
    if to_regclass('public.action_events') is null then
        raise exception 'table public.action_events does not exist'
            using hint = 'Check PGHOST and PGDATABASE, then run liquibase:update.';
    end if;
    source := to_regclass(given);
    if source is null then
        raise exception 'table or view % does not exist', given using hint = 'Check PGHOST and PGDATABASE, and qualify the name with its schema.';
    end if;
    select string_agg(expected.name || ' ' || expected.type, ', ' order by expected.name)
    into missing
    from (values
        ('id', 'uuid'),
        ('action_id', 'text'),
        ('profile_id', 'uuid'),
        ('source', 'text'),
        ('vector', 'text'),
        ('qol_domain', 'text'),
        ('selected_at', 'timestamptz'),
        ('completed_at', 'timestamptz'),
        ('duration', 'integer'),
        ('mode', 'text'),
        ('metadata', 'jsonb')
    ) as expected (name, type)
    where not exists (
        select
        from pg_catalog.pg_attribute as a
        where a.attrelid = source
            and a.attname = expected.name
            and a.attnum > 0
            and not a.attisdropped
            and a.atttypid = expected.type::regtype
    );
    if missing is not null then
        raise exception '% lacks %', given, missing
            using hint = 'Create a view that has these columns with these types, and import it.';
    end if;

    if to_regclass('pg_temp.import_rows') is not null then
        drop table pg_temp.import_rows;
    end if;
    execute format(
        $copy$
            create temporary table import_rows as
            select row_number() over (order by s.profile_id, s.id) as n,
                s.id,
                s.action_id,
                s.profile_id,
                s.source,
                s.vector,
                s.qol_domain,
                s.selected_at,
                s.completed_at,
                s.duration,
                s.mode,
                s.metadata
            from %s as s
        $copy$,
        source
    );
    create unique index import_rows_n on pg_temp.import_rows (n);
    create index import_rows_key on pg_temp.import_rows (id);
    analyze pg_temp.import_rows;
end
$$;

-- The rule that a row breaks; null if it is valid.
alter table pg_temp.import_rows add column refused text;

update pg_temp.import_rows as i
set refused = judged.refused
from (
    select
        r.n,
        case
            when r.id is null or r.action_id is null or r.profile_id is null
                then 'id, action_id or profile_id is null'
            when char_length(r.action_id) not between 1 and 200
                then 'action_id is empty or longer than 200 characters'
            when r.duration < 0
                then 'duration is negative'
            when r.completed_at < r.selected_at
                then 'completed_at is before selected_at'
            when greatest(r.selected_at, r.completed_at) > now() + interval '5 minutes'
                then 'selected_at or completed_at is in the future'
            when jsonb_typeof(r.metadata) <> 'object'
                then 'metadata is not an object'
            when not exists (select from public.game_profiles as p where p.id = r.profile_id)
                then 'the profile does not exist'
            when exists (select from pg_temp.import_rows as o where o.id = r.id and o.n < r.n)
                then 'a duplicate id'
            when exists (
                select
                from public.action_events as e
                where e.id = r.id and (e.profile_id, e.action_id) is distinct from (r.profile_id, r.action_id)
            )
                then 'the id belongs to another event'
        end as refused
    from pg_temp.import_rows as r
) as judged
where judged.n = i.n and judged.refused is not null;

select format('%-8s  %s  %s', line.kind, rpad(line.name, 60), line.rows)
from (
    select 1 as place, 'SOURCE' as kind, 'rows in ' || current_setting('import.source') as name, count(*) as rows
    from pg_temp.import_rows
    union all
    select 2, 'REFUSED', r.refused, count(*)
    from pg_temp.import_rows as r
    where r.refused is not null
    group by r.refused
    union all
    select 3, 'IMPORT', 'rows to insert', count(*)
    from pg_temp.import_rows as r
    where r.refused is null and not exists (select from public.action_events as e where e.id = r.id)
    union all
    select 4, 'SKIP', 'rows that were already imported', count(*)
    from pg_temp.import_rows as r
    where r.refused is null and exists (select from public.action_events as e where e.id = r.id)
) as line
order by line.place, line.name;

do $$
declare
    rows_refused bigint := (select count(*) from pg_temp.import_rows as r where r.refused is not null);
begin
    if rows_refused > 0 then
        raise exception '% rows of the source are invalid; nothing was written', rows_refused
            using hint = 'The REFUSED lines name the rules. Correct these rows, or exclude them from the imported view.';
    end if;
end
$$;

do $$
declare
    batch integer := coalesce(nullif(current_setting('import.batch', true), ''), '5000');
    last bigint := (select coalesce(max(r.n), 0) from pg_temp.import_rows as r);
    done bigint := 0;
    changed bigint;
    written bigint := 0;
begin
    if coalesce(current_setting('import.apply', true), '') <> 'yes' then
        perform set_config('import.result', 'DRY RUN   nothing was written; add -v apply=yes to write', false);
        return;
    end if;
    while done < last loop
        insert into public.action_events (
            id, action_id, profile_id, source, vector, qol_domain, selected_at, completed_at, duration, mode, metadata
        )
        select
            r.id, r.action_id, r.profile_id, r.source, r.vector, r.qol_domain,
            r.selected_at, r.completed_at, r.duration, r.mode, coalesce(r.metadata, '{}')
        from pg_temp.import_rows as r
        where r.n > done and r.n <= done + batch
        order by r.n
        on conflict (id) do nothing;
        get diagnostics changed = row_count;
        written := written + changed;
        done := done + batch;
        commit;
    end loop;
    perform set_config('import.result', format('APPLIED   %s rows written', written), false);
end
$$;

drop table pg_temp.import_rows;
reset client_connection_check_interval;
reset statement_timeout;

select current_setting('import.result');
