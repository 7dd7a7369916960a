create or replace view public.v_recon_open
with (security_invoker = true)
as
    select
        f.id,
        j.job_type,
        f.diff_type,
        f.provider,
        f.payment_ref,
        f.user_id,
        f.subject_id,
        f.d,
        f.expected_amount_minor,
        f.actual_amount_minor,
        f.expected_currency,
        f.actual_currency,
        f.expected_status,
        f.actual_status,
        f.details,
        f.suggested_action,
        f.created_at,
        f.seen_at
    from public.recon_findings as f
    join public.recon_jobs as j on j.id = f.job_id
    where f.resolved_at is null;

comment on view public.v_recon_open is 'Open findings with the suggested action, for admins and the service.';

revoke all on table public.v_recon_open from public, anon, authenticated, service_role;
grant select on table public.v_recon_open to authenticated, service_role;
