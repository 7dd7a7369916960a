create or replace function private.recon_enqueue_daily(p_job_type text, p_date_from date, p_date_to date, p_params jsonb, p_schedule_at timestamptz)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    job uuid;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may queue reconciliations'
            using errcode = 'insufficient_privilege';
    end if;
    if p_job_type is null or p_date_from is null or p_date_to is null
        or p_job_type = 'settlements' and coalesce(p_params ->> 'provider', '') not in ('paymongo', 'paypal')
    then
        raise exception 'p_job_type, p_date_from and p_date_to are required, and settlements need provider paymongo or paypal in p_params'
            using errcode = 'invalid_parameter_value';
    end if;
    insert into public.recon_jobs (job_type, date_from, date_to, params, scheduled_for, created_by)
    values (
        p_job_type, p_date_from, p_date_to,
        -- Only the service may mark a job as daily, because a successful daily job ends the audit of its days.
        case when private.is_service() then coalesce(p_params, '{}') else coalesce(p_params, '{}') - 'daily' end,
        coalesce(p_schedule_at, now()), (select auth.uid())
    )
    on conflict (job_type, date_from, date_to, (coalesce(params ->> 'provider', ''))) where status in ('queued', 'running', 'partial') do update
    set scheduled_for = least(public.recon_jobs.scheduled_for, excluded.scheduled_for)
    returning id into job;
    return job;
end
$$;

comment on function private.recon_enqueue_daily(text, date, date, jsonb, timestamptz) is
    'Queue a reconciliation of these days, or return the unfinished job of the same type, days and provider. For admins and the service.';

revoke all on function private.recon_enqueue_daily(text, date, date, jsonb, timestamptz) from public;
grant execute on function private.recon_enqueue_daily(text, date, date, jsonb, timestamptz) to authenticated, service_role;

create or replace function public.recon_enqueue_daily(
    p_job_type text,
    p_date_from date,
    p_date_to date,
    p_params jsonb default '{}',
    p_schedule_at timestamptz default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.recon_enqueue_daily(p_job_type, p_date_from, p_date_to, p_params, p_schedule_at);

comment on function public.recon_enqueue_daily(text, date, date, jsonb, timestamptz) is
    'Queue a reconciliation of these days in Manila, or return the unfinished job of the same type, days and provider. For admins and the service.';

revoke all on function public.recon_enqueue_daily(text, date, date, jsonb, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.recon_enqueue_daily(text, date, date, jsonb, timestamptz) to authenticated, service_role;
