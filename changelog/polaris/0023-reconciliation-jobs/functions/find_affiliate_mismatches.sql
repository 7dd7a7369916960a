create or replace function private.find_affiliate_mismatches(p_payments uuid[], p_payouts uuid[], p_from timestamptz, p_to timestamptz)
returns table (
    diff_type text, subject_id uuid, provider text, payment_ref text, user_id uuid, expected_amount_minor bigint, actual_amount_minor bigint,
    expected_status text, actual_status text, details jsonb, suggested_action text
)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        'commission_mismatch', p.id, p.provider, p.payment_ref, c.affiliate_user_id, e.earns, c.amount_minor + e.reversed, null, null,
        jsonb_build_object('affiliate_id', c.affiliate_id),
        'The commission was changed without the functions: compare it with what is left of the payment.'
    from unnest(p_payments) as l (id)
    join public.payments as p on p.id = l.id
    join public.affiliate_commissions as c on c.kind = 'accrued' and c.provider = p.provider and c.payment_ref = p.payment_ref
    cross join lateral (
        select
            div(greatest(p.captured_minor - p.refunded_minor - p.lost_minor, 0)::numeric * c.rate_bps, 10000)::bigint as earns,
            coalesce(sum(o.amount_minor), 0)::bigint as reversed
        from public.affiliate_commissions as o
        where o.kind = 'reversed'
            and o.provider = p.provider
            and o.payment_ref = p.payment_ref
    ) as e
    where c.amount_minor + e.reversed <> e.earns
    union all
    select
        'payout_mismatch', o.id, null, null, o.affiliate_user_id, o.amount_minor, c.held, null, o.status, jsonb_build_object('affiliate_id', o.affiliate_id),
        'Do not transfer the payout: cancel it with a reason; the next one includes the open commissions.'
    from (
        select w.id
        from public.affiliate_payouts as w
        where w.updated_at at time zone 'UTC' >= p_from at time zone 'UTC'
            and w.updated_at at time zone 'UTC' < p_to at time zone 'UTC'
        union
        select l.id
        from unnest(p_payouts) as l (id)
    ) as k
    join public.affiliate_payouts as o on o.id = k.id
    cross join lateral (
        select coalesce(sum(a.amount_minor), 0)::bigint as held
        from public.affiliate_commissions as a
        where a.payout_id = o.id
    ) as c
    where c.held <> case when o.status in ('failed', 'canceled') then 0 else o.amount_minor end;
$$;

comment on function private.find_affiliate_mismatches(uuid[], uuid[], timestamptz, timestamptz) is
    'Find commissions that differ from what is left of these payments, and payouts that differ from their commissions: the given ones and those changed from p_from until before p_to. Internal: no API role may execute it.';

revoke all on function private.find_affiliate_mismatches(uuid[], uuid[], timestamptz, timestamptz) from public;
