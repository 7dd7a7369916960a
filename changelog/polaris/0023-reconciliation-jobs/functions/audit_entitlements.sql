create or replace function private.audit_entitlements(p_run uuid, p_from timestamptz, p_to timestamptz, p_limit integer)
returns jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    -- Open findings are checked again, no matter when their rows changed.
    looked uuid[];
    subjects uuid[];
    paid uuid[];
    granted uuid[];
    people uuid[];
    paid_until timestamptz;
    granted_until timestamptz;
    until timestamptz := p_to;
    found jsonb;
begin
    select coalesce(array_agg(o.id), '{}'), coalesce(array_agg(o.subject_id), '{}')
    into looked, subjects
    from (
        select f.id, f.subject_id
        from public.recon_findings as f
        where f.resolved_at is null
            and f.d is null
            and f.subject_id is not null
            and f.seen_run_id <> p_run
        order by f.seen_at
        limit p_limit
    ) as o;

    -- With ties, so that rows changed in one transaction are checked in one batch.
    select coalesce(array_agg(w.id), '{}'), max(w.updated_at), coalesce(array_agg(distinct w.user_id), '{}')
    into paid, paid_until, people
    from (
        select p.id, p.updated_at, p.user_id
        from public.payments as p
        where p.updated_at at time zone 'UTC' >= p_from at time zone 'UTC'
            and p.updated_at at time zone 'UTC' < p_to at time zone 'UTC'
        order by p.updated_at at time zone 'UTC'
        fetch first p_limit rows with ties
    ) as w;
    select coalesce(array_agg(w.id), '{}'), max(w.updated_at), people || coalesce(array_agg(distinct w.user_id), '{}')
    into granted, granted_until, people
    from (
        select e.id, e.updated_at, e.user_id
        from public.entitlements as e
        where e.updated_at at time zone 'UTC' >= p_from at time zone 'UTC'
            and e.updated_at at time zone 'UTC' < p_to at time zone 'UTC'
        order by e.updated_at at time zone 'UTC'
        fetch first p_limit rows with ties
    ) as w;
    if cardinality(paid) >= p_limit then
        until := least(until, paid_until + interval '1 microsecond');
    end if;
    if cardinality(granted) >= p_limit then
        until := least(until, granted_until + interval '1 microsecond');
    end if;
    -- Users of entitlements that began or ended more than ten minutes ago and are not settled.
    people := people || array(
        select e.user_id
        from public.entitlements as e
        where e.tier_due_at < now() - interval '10 minutes'
        order by e.tier_due_at
        limit p_limit
    );

    with looked_payments as materialized (
        select p.*, p.captured_minor - p.refunded_minor - p.disputed_minor - p.lost_minor as net
        from unnest(paid || subjects) as l (id)
        join public.payments as p on p.id = l.id
    ),
    wrong as (
        select
            'missing_entitlement' as diff_type, p.id as subject_id, p.provider, p.payment_ref, p.user_id,
            null::bigint as expected_amount_minor, null::bigint as actual_amount_minor, p.plan_code as expected_status, null as actual_status,
            '{}'::jsonb as details,
            'Run as the role that runs the changelog: select private.settle_payment(subject_id).' as suggested_action
        from looked_payments as p
        where p.user_id is not null
            and p.plan_code is not null
            and p.captured_at is not null
            and p.net > 0
            and not exists (
                select
                from public.entitlements as e
                where e.source = p.provider
                    and e.source_ref = p.payment_ref
                    and e.revoked_at is null
            )
        union all
        select
            'extra_entitlement', e.id, e.source, e.source_ref, e.user_id, null, null, null, e.plan_code, jsonb_build_object('payment_id', p.id),
            case
                when p.id is null then 'No payment is known: ask the provider, and record the missing payment event.'
                else 'The payment is refunded or lost. Run as the role that runs the changelog: select private.settle_payment(payment_id).'
            end
        from (
            select l.id
            from unnest(granted || subjects) as l (id)
            union
            select e.id
            from looked_payments as p
            join public.entitlements as e on e.source = p.provider and e.source_ref = p.payment_ref
        ) as l
        join public.entitlements as e on e.id = l.id
        left join public.payments as p on p.provider = e.source and p.payment_ref = e.source_ref
        where e.source in ('paymongo', 'paypal')
            and e.revoked_at is null
            and (p.id is null or p.captured_minor - p.refunded_minor - p.disputed_minor - p.lost_minor <= 0)
        union all
        select
            'refund_exceeds_capture', p.id, p.provider, p.payment_ref, p.user_id, p.captured_minor, p.refunded_minor + p.lost_minor, null, null, '{}',
            'Compare with the provider: a capture was not reported, or a refund was reported twice with different ids.'
        from looked_payments as p
        where p.refunded_minor + p.lost_minor > p.captured_minor
        union all
        select
            'amount_mismatch', p.id, p.provider, p.payment_ref, p.user_id, t.price_month_minor, p.captured_minor, null, null, '{}',
            'Paid below the list price: a discount, or a checkout with a wrong amount. Close the finding with the reason.'
        from looked_payments as p
        join public.tier_plans as t on t.code = p.plan_code and t.currency_code = p.currency_code
        where p.captured_at is not null
            and p.captured_minor < t.price_month_minor
        union all
        select
            'unbalanced_entry', l.id, p.provider, p.payment_ref, p.user_id, 0, b.off_by, null, null, '{}',
            'The postings were changed without the triggers: restore them from a backup.'
        from (
            select l.id
            from looked_payments as p
            -- offset 0 forces an index lookup for each row, whatever row count the planner expects.
            cross join lateral (select o.id from public.ledger_entries as o where o.payment_id = p.id offset 0) as l
            union
            select l.id
            from unnest(subjects) as l (id)
        ) as k
        cross join lateral (select o.id, o.payment_id from public.ledger_entries as o where o.id = k.id offset 0) as l
        join public.payments as p on p.id = l.payment_id
        cross join lateral (
            select coalesce(sum(abs(s.off_by)), 0)::bigint as off_by, count(*) as currencies
            from (
                select sum(o.amount_minor) as off_by
                from public.ledger_postings as o
                where o.entry_id = l.id
                group by o.currency_code
            ) as s
        ) as b
        where b.off_by <> 0
            or b.currencies = 0
        union all
        select
            'failed_event', e.id, e.provider, e.payment_ref, e.user_id, null, null, 'applied', e.status,
            jsonb_build_object('event_id', e.event_id, 'outcome', e.outcome), 'See ops/polaris/money.md, failed reports.'
        from (
            (
                select f.id
                from public.payment_events as f
                where f.status = 'failed'
                order by f.tried_at
                limit p_limit
            )
            union
            select l.id
            from unnest(subjects) as l (id)
        ) as k
        join public.payment_events as e on e.id = k.id
        where e.status = 'failed'
            and e.received_at < now() - interval '1 day'
        union all
        select
            'tier_mismatch', p.id, null, null, p.id, null, null, t.tier, p.tier, '{}',
            'Run settle_tiers; if that does not help, find out what writes profiles.tier.'
        from (
            select l.id
            from unnest(people || subjects) as l (id)
            group by l.id
        ) as l
        join public.profiles as p on p.id = l.id
        cross join lateral (select private.get_tier(p.id) as tier offset 0) as t
        where p.tier <> t.tier
        union all
        select m.*
        from private.find_affiliate_mismatches(paid || subjects, subjects, p_from, p_to) as m
    )
    select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object('finding_key', w.diff_type || ':' || w.subject_id)), '[]')
    into found
    from wrong as w;

    return private.record_recon_findings(p_run, found, looked)
        || jsonb_build_object('looked', cardinality(paid) + cardinality(granted), 'until', until, 'more', until < p_to);
end
$$;

comment on function private.audit_entitlements(uuid, timestamptz, timestamptz, integer) is
    'Check payments and entitlements changed from p_from until before p_to, at most p_limit of each, and the open findings; until in the result is the time reached. Internal: no API role may execute it.';

revoke all on function private.audit_entitlements(uuid, timestamptz, timestamptz, integer) from public;
