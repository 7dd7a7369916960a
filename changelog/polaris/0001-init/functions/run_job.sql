create or replace function private.run_job(p_job text)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me text := 'backend ' || pg_backend_pid();
    began timestamptz := clock_timestamp();
    outcome text := 'done';
    did jsonb;
    why text;
begin
    if not private.is_service() then
        raise exception 'only the service may run jobs'
            using errcode = 'insufficient_privilege';
    end if;
    if p_job is null or p_job !~ '^[a-z][a-z0-9_]*$' or to_regprocedure('private.run_job_' || p_job || '()') is null then
        raise exception 'no job %', coalesce(p_job, 'null')
            using
                errcode = 'no_data_found',
                hint = 'Existing jobs: ' || (
                    select string_agg(substr(p.proname, 9), ', ' order by p.proname)
                    from pg_catalog.pg_proc as p
                    where p.pronamespace = 'private'::regnamespace
                        and starts_with(p.proname, 'run_job_')
                );
    end if;
    -- Other transactions see the lease only after this one commits; until then the advisory lock rejects a second run.
    if not pg_try_advisory_xact_lock(hashtextextended('polaris.job.' || p_job, 0)) then
        outcome := 'skipped';
        why := 'another run is in progress';
    elsif not private.acquire_lease(p_job, me, 3600) then
        outcome := 'skipped';
        select 'the lease is held by ' || l.owner || ' until ' || l.expires_at
        into why
        from private.leases as l
        where l.name = p_job;
    else
        begin
            execute format('select private.%I()', 'run_job_' || p_job) into did;
        exception
            -- "others" does not include query_canceled; without it a job that times out would leave no record in job_runs.
            when query_canceled or others then
                outcome := 'failed';
                why := sqlstate || ': ' || sqlerrm;
                raise warning 'job % failed: %', p_job, why;
        end;
        perform private.release_lease(p_job, me);
    end if;
    insert into public.job_runs (job, status, result, error, started_at, finished_at)
    values (p_job, outcome, did, left(why, 1000), began, clock_timestamp());
    delete from public.job_runs as r
    where r.job = p_job
        and r.started_at < began - interval '90 days';
    return outcome;
end
$$;

comment on function private.run_job(text) is
    'Run private.run_job_<name>() unless another run is in progress; returns done, failed or skipped. job_runs stores the result or the error; errors are not raised.';

revoke all on function private.run_job(text) from public;
grant execute on function private.run_job(text) to service_role;

create or replace function public.run_job(p_job text)
returns text
language sql
volatile
security invoker
set search_path = ''
return private.run_job(p_job);

comment on function public.run_job(text) is
    'Run a job by name unless another run is in progress; returns done, failed or skipped. For the service; job_runs stores the result or the error.';

revoke all on function public.run_job(text) from public, anon, authenticated, service_role;
grant execute on function public.run_job(text) to service_role;
