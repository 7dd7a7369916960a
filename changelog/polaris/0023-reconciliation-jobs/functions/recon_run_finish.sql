create or replace function private.recon_run_finish(p_run uuid, p_status text, p_stats jsonb, p_error text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    job uuid;
begin
    if not private.is_service() then
        raise exception 'only the service may run reconciliations'
            using errcode = 'insufficient_privilege';
    end if;
    if p_status is null or p_status not in ('succeeded', 'failed', 'cancelled', 'partial') then
        raise exception 'p_status must be succeeded, failed, cancelled or partial'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.recon_runs as r
    set status = p_status,
        finished_at = clock_timestamp(),
        stats = coalesce(p_stats, '{}'),
        error = left(p_error, 1000)
    where r.id = p_run
        and r.status = 'running'
    returning r.job_id into job;
    if job is null then
        raise exception 'run % does not exist or is finished', p_run
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    update public.recon_jobs as j
    set status = p_status,
        last_error = left(p_error, 1000)
    where j.id = job;
end
$$;

comment on function private.recon_run_finish(uuid, text, jsonb, text) is
    'End a running run with its statistics, and set its job to the same status. For the service.';

revoke all on function private.recon_run_finish(uuid, text, jsonb, text) from public;
grant execute on function private.recon_run_finish(uuid, text, jsonb, text) to service_role;

create or replace function public.recon_run_finish(p_run uuid, p_status text, p_stats jsonb default '{}', p_error text default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.recon_run_finish(p_run, p_status, p_stats, p_error);

comment on function public.recon_run_finish(uuid, text, jsonb, text) is
    'End a run as succeeded, failed, cancelled or partial. For the service.';

revoke all on function public.recon_run_finish(uuid, text, jsonb, text) from public, anon, authenticated, service_role;
grant execute on function public.recon_run_finish(uuid, text, jsonb, text) to service_role;
