create or replace function private.recon_run_start(p_job uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run uuid;
begin
    if not private.is_service() then
        raise exception 'only the service may run reconciliations'
            using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from public.recon_jobs as j where j.id = p_job) then
        raise exception 'reconciliation job % does not exist', p_job
            using errcode = 'no_data_found';
    end if;
    perform
    from public.recon_jobs as j
    where j.id = p_job
        and j.status in ('queued', 'partial', 'running')
    for update skip locked;
    if not found then
        return null;
    end if;
    -- A run that started more than an hour ago counts as failed.
    update public.recon_runs as r
    set status = 'failed',
        finished_at = clock_timestamp(),
        error = 'did not finish within an hour'
    where r.job_id = p_job
        and r.status = 'running'
        and r.started_at < now() - interval '1 hour';
    insert into public.recon_runs (job_id)
    values (p_job)
    on conflict (job_id) where status = 'running' do nothing
    returning id into run;
    update public.recon_jobs as j
    set status = 'running',
        attempts = j.attempts + 1
    where j.id = p_job
        and run is not null;
    return run;
end
$$;

comment on function private.recon_run_start(uuid) is
    'Start a run of a job that is not finished; return null if another run is active or the job is finished. For the service.';

revoke all on function private.recon_run_start(uuid) from public;
grant execute on function private.recon_run_start(uuid) to service_role;

create or replace function public.recon_run_start(p_job uuid)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.recon_run_start(p_job);

comment on function public.recon_run_start(uuid) is 'Start a run of a job that is not finished; return null if another run is active or the job is finished. For the service.';

revoke all on function public.recon_run_start(uuid) from public, anon, authenticated, service_role;
grant execute on function public.recon_run_start(uuid) to service_role;
