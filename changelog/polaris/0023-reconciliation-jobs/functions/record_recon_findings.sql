create or replace function private.record_recon_findings(p_run uuid, p_found jsonb, p_looked uuid[])
returns jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    opened_count bigint;
    seen_count bigint;
    closed_count bigint;
begin
    with written as (
        insert into public.recon_findings as r (
            finding_key, job_id, run_id, seen_run_id, diff_type, provider, payment_ref, subject_id, d, user_id, expected_amount_minor,
            actual_amount_minor, expected_currency, actual_currency, expected_status, actual_status, details, suggested_action
        )
        select distinct on (f.finding_key)
            f.finding_key, u.job_id, u.id, u.id, f.diff_type, f.provider, f.payment_ref, f.subject_id, f.d, f.user_id, f.expected_amount_minor,
            f.actual_amount_minor, f.expected_currency, f.actual_currency, f.expected_status, f.actual_status, coalesce(f.details, '{}'),
            f.suggested_action
        from jsonb_populate_recordset(null::public.recon_findings, coalesce(p_found, '[]')) as f
        join public.recon_runs as u on u.id = p_run
        where not exists (
            select
            from public.recon_findings as a
            where a.finding_key = f.finding_key
                and a.resolved_at is not null
                and a.resolved_run_id is null
                and (a.expected_amount_minor, a.actual_amount_minor, a.expected_currency, a.actual_currency, a.expected_status, a.actual_status)
                    is not distinct from
                    (f.expected_amount_minor, f.actual_amount_minor, f.expected_currency, f.actual_currency, f.expected_status, f.actual_status)
        )
        order by f.finding_key
        on conflict (finding_key) where resolved_at is null do update
        set seen_run_id = excluded.seen_run_id,
            seen_at = now(),
            expected_amount_minor = excluded.expected_amount_minor,
            actual_amount_minor = excluded.actual_amount_minor,
            expected_currency = excluded.expected_currency,
            actual_currency = excluded.actual_currency,
            expected_status = excluded.expected_status,
            actual_status = excluded.actual_status,
            details = excluded.details
        returning r.run_id = p_run as is_new
    )
    select count(*) filter (where w.is_new), count(*) filter (where not w.is_new)
    into opened_count, seen_count
    from written as w;

    update public.recon_findings as f
    set resolved_at = now(),
        resolved_run_id = p_run
    where f.id = any (p_looked)
        and f.resolved_at is null
        and f.seen_run_id <> p_run;
    get diagnostics closed_count = row_count;
    return jsonb_build_object('opened', opened_count, 'seen', seen_count, 'closed', closed_count);
end
$$;

comment on function private.record_recon_findings(uuid, jsonb, uuid[]) is
    'Store the findings of a run, given as rows of recon_findings, and close those of p_looked that the run did not find again. Internal: no API role may execute it.';

revoke all on function private.record_recon_findings(uuid, jsonb, uuid[]) from public;
