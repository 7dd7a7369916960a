-- Creates the role monitoring, with which the exporter reads statistics, sequences, Liquibase's log and job_runs. Safe to run again; run it again
-- after a rollout that creates a sequence, whose value the role could not read.
--
--     ops/pg-env production polaris psql -X -v ON_ERROR_STOP=1 -v password=... -f ops/monitoring/role.sql

\set QUIET on

do $$
begin
    if not exists (select from pg_catalog.pg_roles as r where r.rolname = 'monitoring') then
        create role monitoring;
    end if;
end
$$;
-- job_runs has no policy for this role, so it must bypass row level security; it may read no other table.
alter role monitoring login bypassrls connection limit 3 password :'password';
-- The size of a table cannot be read while the table is locked; the other queries must not wait for it.
alter role monitoring set lock_timeout = '100ms';
alter role monitoring set statement_timeout = '10s';
grant pg_monitor to monitoring;
grant usage on schema extensions to monitoring;
grant select on extensions.databasechangelog to monitoring;
grant usage on schema public to monitoring;
grant select on all sequences in schema public to monitoring;
do $$
begin
    if to_regclass('public.job_runs') is not null then
        grant select on public.job_runs to monitoring;
    end if;
end
$$;
create extension if not exists pg_stat_statements schema extensions;
