create or replace function private.reconcile_settlements(p_provider text, p_day date, p_rows jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    job uuid;
    run uuid;
    looked uuid[];
    found jsonb;
    did jsonb;
begin
    if not private.is_service() then
        raise exception 'only the service may submit settlements'
            using errcode = 'insufficient_privilege';
    end if;
    if p_provider is null or p_provider not in ('paymongo', 'paypal') or p_day is null or jsonb_typeof(p_rows) is distinct from 'array' then
        raise exception 'p_provider must be paymongo or paypal, p_day set, and p_rows an array'
            using errcode = 'invalid_parameter_value';
    end if;
    if jsonb_array_length(p_rows) > 50000
        or exists (
            select
            from jsonb_to_recordset(p_rows) as r (payment_ref text, amount_minor bigint, currency_code text, status text)
            group by r.payment_ref
            having count(*) > 1
                or coalesce(r.payment_ref, '') = ''
                or min(r.amount_minor) is null
                or min(r.currency_code) is null
                or min(r.status) not in ('captured', 'refunded', 'disputed', 'lost')
        )
    then
        raise exception 'p_rows may hold at most 50000 rows, each with a unique payment_ref, amount_minor, currency_code, and status captured, refunded, disputed or lost'
            using errcode = 'invalid_parameter_value';
    end if;
    job := private.recon_enqueue_daily('settlements', p_day, p_day, jsonb_build_object('provider', p_provider), now());
    run := private.recon_run_start(job);
    if run is null then
        raise exception 'another run is reconciling this day'
            using errcode = 'object_not_in_prerequisite_state';
    end if;

    with given as materialized (
        select r.payment_ref, r.amount_minor, r.currency_code, coalesce(r.status, 'captured') as status
        from jsonb_to_recordset(p_rows) as r (payment_ref text, amount_minor bigint, currency_code text, status text)
    ),
    known as materialized (
        select
            g.payment_ref, g.amount_minor, g.currency_code as given_currency, g.status as given_status, p.id, p.user_id, p.captured_at,
            p.captured_minor, p.currency_code,
            case
                when p.captured_minor > 0 and p.lost_minor >= p.captured_minor then 'lost'
                when p.captured_minor > 0 and p.refunded_minor + p.lost_minor >= p.captured_minor then 'refunded'
                when p.disputed_minor > 0 then 'disputed'
                else 'captured'
            end as status
        from given as g
        left join public.payments as p on p.provider = p_provider and p.payment_ref = g.payment_ref
    ),
    wrong as (
        select
            'missing_internal_event' as diff_type, k.id as subject_id, k.payment_ref, k.user_id, k.amount_minor as expected_amount_minor,
            null::bigint as actual_amount_minor, k.given_currency as expected_currency, null as actual_currency, k.given_status as expected_status,
            null as actual_status, 'The provider settled a payment that is not captured here: ask the provider to resend the webhook, or record the payment event.' as suggested_action
        from known as k
        where k.captured_at is null
        union all
        select 'currency_mismatch', k.id, k.payment_ref, k.user_id, null, null, k.given_currency, k.currency_code, null, null,
            'The currency was translated wrongly, in the payment event or in the settlement.'
        from known as k
        where k.captured_at is not null
            and k.currency_code <> k.given_currency
        union all
        select 'amount_mismatch', k.id, k.payment_ref, k.user_id, k.amount_minor, k.captured_minor, k.given_currency, k.currency_code, null, null,
            'Compare with the provider and correct the ledger; see ops/polaris/money.md.'
        from known as k
        where k.captured_at is not null
            and k.currency_code = k.given_currency
            and k.captured_minor <> k.amount_minor
        union all
        select 'status_mismatch', k.id, k.payment_ref, k.user_id, null, null, null, null, k.given_status, k.status,
            'A refund or dispute was not reported: ask the provider to resend the webhook, or record the payment event.'
        from known as k
        where k.captured_at is not null
            and k.status <> k.given_status
        union all
        select 'missing_provider_event', p.id, p.payment_ref, p.user_id, null, sum(l.amount_minor)::bigint, null, p.currency_code, null, 'captured',
            'The provider did not settle the payment on that day: check the days before and after, then ask the provider.'
        from public.ledger_entries as l
        join public.payments as p on p.id = l.payment_id
        where l.d = p_day
            and l.kind = 'captured'
            and p.provider = p_provider
            and not exists (select from given as g where g.payment_ref = p.payment_ref)
        group by p.id
    )
    select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object(
        'finding_key', 'settlement:' || w.diff_type || ':' || p_provider || ':' || w.payment_ref, 'provider', p_provider, 'd', p_day)), '[]')
    into found
    from wrong as w;

    select coalesce(array_agg(f.id), '{}')
    into looked
    from public.recon_findings as f
    where f.resolved_at is null
        and f.provider = p_provider
        and (
            f.d = p_day
            -- Also findings of other days about these payments, which were settled on this day instead.
            or f.d is not null and f.payment_ref in (select r.payment_ref from jsonb_to_recordset(p_rows) as r (payment_ref text))
        );
    did := private.record_recon_findings(run, found, looked) || jsonb_build_object('looked', jsonb_array_length(p_rows));
    perform private.recon_run_finish(run, 'succeeded', did, null);
    return did;
end
$$;

comment on function private.reconcile_settlements(text, date, jsonb) is
    'Compare the rows of a provider''s settlement with payments and ledger, and store differences as findings. For the service.';

revoke all on function private.reconcile_settlements(text, date, jsonb) from public;
grant execute on function private.reconcile_settlements(text, date, jsonb) to service_role;

create or replace function public.reconcile_settlements(p_provider text, p_day date, p_rows jsonb)
returns jsonb
language sql
volatile
security invoker
set search_path = ''
return private.reconcile_settlements(p_provider, p_day, p_rows);

comment on function public.reconcile_settlements(text, date, jsonb) is
    'Compare all payments that a provider captured on a day in Manila (rows of payment_ref, amount_minor, currency_code, status) with the ledger; return the numbers of findings opened, seen and closed. For the service.';

revoke all on function public.reconcile_settlements(text, date, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.reconcile_settlements(text, date, jsonb) to service_role;
