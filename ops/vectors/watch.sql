-- Shows which sessions wait for locks, which transactions are open for long, and how far backfills are.
--
--     psql -X -f ops/vectors/watch.sql

\pset footer off

\echo Sessions that wait for a lock, and the sessions that hold it:
select w.pid, w.application_name as waits, w.wait_event as "for", b.pid as holder, b.application_name as holds, b.state,
    date_trunc('second', now() - b.xact_start) as "open", left(regexp_replace(b.query, '\s+', ' ', 'g'), 50) as query
from pg_catalog.pg_stat_activity as w
cross join unnest(pg_blocking_pids(w.pid)) as blocking (pid)
join pg_catalog.pg_stat_activity as b on b.pid = blocking.pid;

\echo Transactions open for more than a minute:
select a.pid, a.usename, a.application_name, a.state, date_trunc('second', now() - a.xact_start) as "open",
    left(regexp_replace(a.query, '\s+', ' ', 'g'), 50) as query
from pg_catalog.pg_stat_activity as a
where a.datname = current_database() and a.xact_start < now() - interval '1 minute'
order by a.xact_start;

-- The table does not exist before the first rollout.
select to_regclass('private.backfills') is not null as has_backfills \gset
\if :has_backfills
\echo Backfills:
select b.name, b.keys_done as done, b.keys_estimated as estimated, b.rows_added as added,
    date_trunc('second', clock_timestamp() - b.updated_at) as since_last_batch, b.finished_at is not null as finished
from private.backfills as b;
\endif
