-- Imports completions from a legacy table: raises step_index and sets draft_skipped_at in public.vector_progress.
--
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.completions -f ops/vectors/import-completions.sql
--     psql -X -v ON_ERROR_STOP=1 -v source=legacy.completions -v apply=yes -f ops/vectors/import-completions.sql
--
-- The source is a table or view with profile_id uuid, vector text, version text, step_index integer, draft_skipped_at timestamptz;
-- if the legacy table differs, create such a view. Without apply=yes the script only counts rows. Progress never decreases: a higher
-- step_index and an existing draft_skipped_at are kept, so a second run changes nothing. Each batch of rows commits (-v batch=5000). The
-- source is first copied into a temporary table of about the same size. One invalid row stops the import before anything is written.
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
        raise exception 'source is missing' using hint = 'Name the table or view to import: -v source=legacy.completions';
    end if;
    if coalesce(nullif(current_setting('import.apply', true), ''), 'no') not in ('yes', 'no') then
        raise exception 'apply is %, but must be yes, or omitted for a dry run', current_setting('import.apply');
    end if;
    if coalesce(nullif(current_setting('import.batch', true), ''), '5000') !~ '^[1-9][0-9]{0,6}$' then
        raise exception 'batch is %, but must be a number of rows such as 5000', current_setting('import.batch');
    end if;
    if to_regclass('public.vector_progress') is null then
        raise exception 'table public.vector_progress does not exist'
            using hint = 'Check PGHOST and PGDATABASE, then run liquibase:update.';
    end if;
    source := to_regclass(given);
    if source is null then
        raise exception 'table or view % does not exist', given using hint = 'Check PGHOST and PGDATABASE, and qualify the name with its schema.';
    end if;
    select string_agg(expected.name || ' ' || expected.type, ', ' order by expected.name)
    into missing
    from (values
        ('profile_id', 'uuid'),
        ('vector', 'text'),
        ('version', 'text'),
        ('step_index', 'integer'),
        ('draft_skipped_at', 'timestamptz')
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
            select row_number() over (order by s.profile_id, s.vector, s.version) as n,
                s.profile_id,
                s.vector,
                s.version,
                s.step_index,
                s.draft_skipped_at
            from %s as s
        $copy$,
        source
    );
    create unique index import_rows_n on pg_temp.import_rows (n);
    create index import_rows_key on pg_temp.import_rows (profile_id, vector, version);
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
            when r.profile_id is null or r.vector is null or r.version is null or r.step_index is null
                then 'profile_id, vector, version or step_index is null'
            when r.step_index < 0
                then 'step_index is negative'
            when char_length(r.vector) not between 1 and 100 or char_length(r.version) not between 1 and 100
                then 'vector or version is empty or longer than 100 characters'
            when r.draft_skipped_at > now() + interval '5 minutes'
                then 'draft_skipped_at is in the future'
            when not exists (select from public.game_profiles as p where p.id = r.profile_id)
                then 'the profile does not exist'
            when exists (
                select
                from pg_temp.import_rows as o
                where o.profile_id = r.profile_id and o.vector = r.vector and o.version = r.version and o.n < r.n
            )
                then 'a duplicate of profile, vector and version'
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
    left join public.vector_progress as v using (profile_id, vector, version)
    where r.refused is null and v.id is null
    union all
    select 4, 'IMPORT', 'rows to update', count(*)
    from pg_temp.import_rows as r
    join public.vector_progress as v using (profile_id, vector, version)
    where r.refused is null
        and (v.step_index < r.step_index or v.draft_skipped_at is null and r.draft_skipped_at is not null)
    union all
    select 5, 'SKIP', 'rows that need no change', count(*)
    from pg_temp.import_rows as r
    join public.vector_progress as v using (profile_id, vector, version)
    where r.refused is null
        and v.step_index >= r.step_index
        and (v.draft_skipped_at is not null or r.draft_skipped_at is null)
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
        insert into public.vector_progress as v (profile_id, vector, version, step_index, draft_skipped_at)
        select r.profile_id, r.vector, r.version, r.step_index, r.draft_skipped_at
        from pg_temp.import_rows as r
        where r.n > done and r.n <= done + batch
        order by r.n
        on conflict (profile_id, vector, version) do update
        set step_index = greatest(v.step_index, excluded.step_index),
            draft_skipped_at = coalesce(v.draft_skipped_at, excluded.draft_skipped_at)
        where v.step_index < excluded.step_index
            or v.draft_skipped_at is null and excluded.draft_skipped_at is not null;
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
