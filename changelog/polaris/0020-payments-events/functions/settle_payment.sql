create or replace function private.settle_payment(p_payment uuid)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    payment public.payments;
    starts timestamptz;
begin
    update public.payments as p
    set captured_minor = sums.captured,
        refunded_minor = sums.refunded,
        disputed_minor = sums.disputed,
        lost_minor = sums.lost,
        captured_at = sums.captured_at
    from (
        select
            coalesce(sum(e.amount_minor) filter (where e.kind = 'captured'), 0) as captured,
            coalesce(sum(e.amount_minor) filter (where e.kind = 'refunded'), 0) as refunded,
            coalesce(sum(e.amount_minor) filter (where e.kind = 'dispute_lost'), 0) as lost,
            -- Summed per dispute: one whose end arrived before its beginning withholds nothing and does not reduce another.
            (
                select coalesce(sum(greatest(d.open_minor, 0)), 0)
                from (
                    select sum(case when o.kind = 'disputed' then o.amount_minor else -o.amount_minor end) as open_minor
                    from public.ledger_entries as o
                    where o.payment_id = p_payment
                        and o.kind in ('disputed', 'dispute_won', 'dispute_lost')
                    group by o.object_ref
                ) as d
            ) as disputed,
            min(e.occurred_at) filter (where e.kind = 'captured') as captured_at
        from public.ledger_entries as e
        where e.payment_id = p_payment
    ) as sums
    where p.id = p_payment
    returning p.* into payment;

    if payment.user_id is null or payment.plan_code is null or payment.captured_at is null then
        return;
    end if;
    -- Without period_start: the capture, or a month before period_end if that is earlier, for a period paid in arrears.
    starts := coalesce(payment.period_start, least(payment.captured_at, payment.period_end - interval '1 month'));
    if payment.captured_minor - payment.refunded_minor - payment.disputed_minor - payment.lost_minor > 0 then
        perform private.grant_entitlement(
            payment.user_id, payment.plan_code, payment.provider, payment.payment_ref,
            starts,
            coalesce(payment.period_end, starts + interval '1 month'),
            payment.subscription_id
        );
    else
        update public.entitlements as e
        set revoked_at = now(),
            reason = 'the payment was refunded or disputed'
        where e.source = payment.provider
            and e.source_ref = payment.payment_ref
            and e.revoked_at is null;
    end if;
end
$$;

comment on function private.settle_payment(uuid) is
    'Recompute the totals of a payment from its ledger entries, and grant its entitlement while part of the payment is left, else revoke it. Internal: no API role may execute it.';

revoke all on function private.settle_payment(uuid) from public;
