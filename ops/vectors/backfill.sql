-- Adds the missing vector_progress rows of every profile, in batches of profiles, one transaction per batch.
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/vectors/backfill.sql
--     psql -X -v ON_ERROR_STOP=1 -v batch=200 -f ops/vectors/backfill.sql
--
-- Existing rows do not change. If it is killed, the committed batches remain; run it again.
-- Lines that begin with a backslash and lines between \if and \endif are for psql; any client can run the other lines.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

\if :{?batch}
select set_config('backfill.batch', :'batch', false) \g /dev/null
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
begin
    if to_regprocedure('private.backfill_vector_progress(integer)') is null then
        raise exception 'private.backfill_vector_progress is missing'
            using hint = 'Migration 0004 is not applied: check PGHOST and PGDATABASE, then run liquibase:update.';
    end if;
    if coalesce(nullif(current_setting('backfill.batch', true), ''), '1000') !~ '^[1-9][0-9]{0,6}$' then
        raise exception 'batch is %, but must be a number of profiles such as 1000', current_setting('backfill.batch');
    end if;
end
$$;

-- Start from the first profile again.
delete from private.backfills where name = 'vector_progress';

do $$
declare
    batch integer := coalesce(nullif(current_setting('backfill.batch', true), ''), '1000');
begin
    while private.backfill_vector_progress(batch) loop
        commit;
    end loop;
end
$$;

analyze public.vector_progress;

reset client_connection_check_interval;
reset statement_timeout;

select format('%s profiles, %s rows added, in %s s', b.keys_done, b.rows_added, round(extract(epoch from b.finished_at - b.started_at), 1))
from private.backfills as b
where b.name = 'vector_progress';
