-- Gives every profile the rows of progress that it misses: from the first profile to the last, a batch a transaction.
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/vectors/backfill.sql
--     psql -X -v ON_ERROR_STOP=1 -v batch=200 -f ops/vectors/backfill.sql
--
-- Rows that are there stay as they are. Killed, it keeps the batches it has committed; run it again.
-- Lines that begin with a backslash, and what stands between \if and \endif, are for psql; the rest is SQL that any client can run.

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
    -- Lets the server notice, in the middle of its work, that the client was killed; on Windows it cannot.
    perform set_config('client_connection_check_interval', '2s', false);
exception
    when invalid_parameter_value then null;
end
$$;

do $$
begin
    if to_regprocedure('private.backfill_vector_progress(integer)') is null then
        raise exception 'private.backfill_vector_progress is missing'
            using hint = 'This database is not migrated as far as 0004: run liquibase:update first. Is it the right one?';
    end if;
    if coalesce(nullif(current_setting('backfill.batch', true), ''), '1000') !~ '^[1-9][0-9]{0,6}$' then
        raise exception 'batch is %; it should be a number of profiles, e.g. 1000', current_setting('backfill.batch');
    end if;
end
$$;

-- Forgets how far an earlier backfill came.
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
