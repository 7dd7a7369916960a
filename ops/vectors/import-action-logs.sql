-- Brings the actions that an older audit table logged into public.action_events.
--
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.actions -f ops/vectors/import-action-logs.sql
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.actions -v apply=yes -f ops/vectors/import-action-logs.sql
--
-- The source is a table or view with id uuid, action_id text, profile_id uuid, source text, vector text, qol_domain text, selected_at
-- timestamptz, completed_at timestamptz, duration integer (seconds), mode text, metadata jsonb; make a view where the legacy table has
-- other names. The id must be the same at every run, since it tells what was imported already; for a legacy key that is no uuid:
-- md5('legacy.audit ' || audit.id)::uuid. Without apply=yes it only counts. A second run adds only what is new in the source, and
-- changes nothing that is there. Rows go in by batches that commit (-v batch=5000). The source is first copied into a temporary table
-- of about its size. One row that breaks a rule refuses the whole import.
-- Lines that begin with a backslash, and what stands between \if and \endif, are for psql; the rest is SQL that any client can run.

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
    -- Lets the server notice, in the middle of its work, that the client was killed; on Windows it cannot.
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
        raise exception 'no source was given' using hint = 'Name the table or view to import: -v source=legacy.actions';
    end if;
    if coalesce(nullif(current_setting('import.apply', true), ''), 'no') not in ('yes', 'no') then
        raise exception 'apply is %; it should be yes, or left out for a dry run', current_setting('import.apply');
    end if;
    if coalesce(nullif(current_setting('import.batch', true), ''), '5000') !~ '^[1-9][0-9]{0,6}$' then
        raise exception 'batch is %; it should be a number of rows, e.g. 5000', current_setting('import.batch');
    end if;
    if to_regclass('public.action_events') is null then
        raise exception 'there is no table public.action_events'
            using hint = 'This database is not migrated: run liquibase:update first. Is it the right one?';
    end if;
    source := to_regclass(given);
    if source is null then
        raise exception 'there is no table or view %', given using hint = 'Is this the right database, and the name qualified by its schema?';
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
            using hint = 'Import a view over it that has these columns, of these types.';
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

-- What is wrong with a row; null where nothing is.
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
                then 'action_id is empty, or longer than 200'
            when r.duration < 0
                then 'duration is below 0'
            when r.completed_at < r.selected_at
                then 'completed before it was selected'
            when greatest(r.selected_at, r.completed_at) > now() + interval '5 minutes'
                then 'selected_at or completed_at is in the future'
            when jsonb_typeof(r.metadata) <> 'object'
                then 'metadata is no object'
            when not exists (select from public.game_profiles as p where p.id = r.profile_id)
                then 'no such profile'
            when exists (select from pg_temp.import_rows as o where o.id = r.id and o.n < r.n)
                then 'the same id again'
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
    select 3, 'IMPORT', 'rows that are missing', count(*)
    from pg_temp.import_rows as r
    where r.refused is null and not exists (select from public.action_events as e where e.id = r.id)
    union all
    select 4, 'SKIP', 'rows that were imported already', count(*)
    from pg_temp.import_rows as r
    where r.refused is null and exists (select from public.action_events as e where e.id = r.id)
) as line
order by line.place, line.name;

do $$
declare
    rows_refused bigint := (select count(*) from pg_temp.import_rows as r where r.refused is not null);
begin
    if rows_refused > 0 then
        raise exception '% rows of the source break a rule; nothing was written', rows_refused
            using hint = 'The lines REFUSED say which rule. Mend these rows, or leave them out of the view that is imported.';
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
        perform set_config('import.result', 'DRY RUN   nothing was written; -v apply=yes writes', false);
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
