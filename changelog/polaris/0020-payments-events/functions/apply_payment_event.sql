create or replace function private.apply_payment_event(p_event uuid)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    event public.payment_events;
    payment public.payments;
    agreement public.subscriptions;
    person uuid;
    plan text;
    early record;
    entry uuid;
    why text;
begin
    select *
    into strict event
    from public.payment_events as e
    where e.id = p_event
    for update;
    if event.status <> 'failed' then
        return;
    end if;

    if event.subscription_ref is not null then
        -- Lock the subscription, so that the second of two concurrent events about it, or about its payment, sees the first.
        perform pg_advisory_xact_lock(hashtextextended('polaris.agreement.' || event.provider || '.' || event.subscription_ref, 0));
    end if;
    select *
    into agreement
    from public.subscriptions as s
    where s.provider = event.provider
        and s.external_ref = event.subscription_ref;
    if agreement.user_id <> event.user_id then
        raise exception 'subscription % belongs to another user', event.subscription_ref
            using errcode = 'check_violation';
    end if;
    -- User and plan default to those of the subscription.
    person := coalesce(event.user_id, agreement.user_id);
    plan := coalesce(event.plan_code, agreement.plan_code);

    if event.event_type = 'subscription_updated' and person is null and exists (
        select
        from public.payment_events as e
        where e.provider = event.provider
            and e.subscription_ref = event.subscription_ref
            and e.event_type = 'subscription_updated'
            and e.status = 'applied'
    ) then
        -- The subscription was deleted with its account, so retrying can never succeed.
        why := 'the account is deleted';
    elsif event.event_type = 'subscription_updated' then
        if person is null or plan is null then
            raise exception 'subscription without a user or a plan'
                using errcode = 'check_violation';
        end if;
        insert into public.subscriptions as s (
            user_id, provider, external_ref, plan_code, status, current_period_start, current_period_end, cancel_at_period_end, canceled_at,
            provider_updated_at
        )
        values (
            person, event.provider, event.subscription_ref, plan, event.subscription_status, event.period_start, event.period_end,
            coalesce(event.cancel_at_period_end, false),
            case when event.subscription_status in ('canceled', 'expired') then event.occurred_at end, event.occurred_at
        )
        on conflict (provider, external_ref) do update
        set plan_code = excluded.plan_code,
            status = excluded.status,
            current_period_start = coalesce(excluded.current_period_start, s.current_period_start),
            current_period_end = coalesce(excluded.current_period_end, s.current_period_end),
            cancel_at_period_end = coalesce(event.cancel_at_period_end, s.cancel_at_period_end),
            canceled_at = excluded.canceled_at,
            provider_updated_at = excluded.provider_updated_at
        where s.user_id = excluded.user_id
            and (
                s.provider_updated_at < excluded.provider_updated_at
                -- Of two events with the same time, the later arrival counts, unless the subscription has ended.
                or s.provider_updated_at = excluded.provider_updated_at and s.status not in ('canceled', 'expired')
            );
        if not found then
            why := 'older than the known state';
        end if;
        for early in
            update public.payments as p
            set subscription_id = s.id,
                user_id = s.user_id,
                plan_code = coalesce(p.plan_code, s.plan_code),
                claimed_at = coalesce(p.claimed_at, now())
            from public.subscriptions as s
            where s.provider = event.provider
                and s.external_ref = event.subscription_ref
                and p.provider = s.provider
                and p.subscription_ref = s.external_ref
                and (p.claimed_at is null or p.user_id = s.user_id and (p.subscription_id is null or p.plan_code is null))
            returning p.id
        loop
            perform private.settle_payment(early.id);
        end loop;
    elsif event.event_type = 'payment_failed' then
        why := 'no money moved';
    else
        -- Locks the payment, so that concurrent events about it are applied one after the other.
        insert into public.payments as p (
            provider, payment_ref, user_id, claimed_at, plan_code, subscription_ref, subscription_id, currency_code, period_start, period_end
        )
        values (
            event.provider, event.payment_ref, person, case when person is not null then now() end, plan,
            event.subscription_ref, agreement.id, event.currency_code, event.period_start, event.period_end
        )
        on conflict (provider, payment_ref) do update
        set user_id = case when p.claimed_at is null then excluded.user_id else p.user_id end,
            claimed_at = coalesce(p.claimed_at, excluded.claimed_at),
            plan_code = coalesce(p.plan_code, excluded.plan_code),
            subscription_ref = coalesce(p.subscription_ref, excluded.subscription_ref),
            subscription_id = coalesce(p.subscription_id, excluded.subscription_id),
            period_start = coalesce(p.period_start, excluded.period_start),
            period_end = coalesce(p.period_end, excluded.period_end)
        returning p.* into payment;
        if payment.user_id is distinct from event.user_id and event.user_id is not null then
            raise exception 'payment % belongs to another user', event.payment_ref
                using errcode = 'check_violation';
        end if;
        if payment.currency_code <> event.currency_code then
            raise exception 'payment % is in %, but the event is in %', event.payment_ref, payment.currency_code, event.currency_code
                using errcode = 'check_violation';
        end if;

        insert into public.ledger_entries (payment_event_id, payment_id, kind, object_ref, amount_minor, currency_code, occurred_at, d)
        values (
            event.id, payment.id,
            case event.event_type
                when 'payment_captured' then 'captured'
                when 'payment_refunded' then 'refunded'
                when 'dispute_opened' then 'disputed'
                else event.event_type
            end,
            coalesce(event.object_ref, event.payment_ref), event.amount_minor, event.currency_code, event.occurred_at,
            (event.occurred_at at time zone 'Asia/Manila')::date
        )
        on conflict (payment_id, kind, object_ref) do nothing
        returning id into entry;
        if entry is null then
            if not exists (
                select
                from public.ledger_entries as l
                join public.payment_events as e on e.id = l.payment_event_id
                where l.payment_id = payment.id
                    and e.event_type = event.event_type
                    and l.object_ref = coalesce(event.object_ref, event.payment_ref)
                    and l.amount_minor = event.amount_minor
            ) then
                raise exception 'already booked by another event with a different amount'
                    using errcode = 'check_violation';
            end if;
            why := 'already booked by another event';
        else
            insert into public.ledger_postings (entry_id, account_code, currency_code, amount_minor)
            select entry, side.account, event.currency_code, side.sign * event.amount_minor
            from (
                values
                    ('payment_captured', 'cash_' || event.provider, 1), ('payment_captured', 'sales', -1),
                    ('payment_refunded', 'refunds', 1), ('payment_refunded', 'cash_' || event.provider, -1),
                    ('dispute_opened', 'disputes', 1), ('dispute_opened', 'cash_' || event.provider, -1),
                    ('dispute_won', 'cash_' || event.provider, 1), ('dispute_won', 'disputes', -1),
                    ('dispute_lost', 'chargebacks', 1), ('dispute_lost', 'disputes', -1)
            ) as side (event_type, account, sign)
            where side.event_type = event.event_type;
            -- A dispute may be won in part and lost in part, but not for more than it withholds; before its opening is booked, only one outcome counts.
            if (
                select sum(l.amount_minor) filter (where l.kind <> 'disputed')
                    > coalesce(max(l.amount_minor) filter (where l.kind = 'disputed'), max(l.amount_minor) filter (where l.kind <> 'disputed'))
                from public.ledger_entries as l
                where l.payment_id = payment.id
                    and l.kind in ('disputed', 'dispute_won', 'dispute_lost')
                    and l.object_ref = event.object_ref
            ) then
                raise exception 'dispute % would end for more than it withholds', event.object_ref
                    using errcode = 'check_violation';
            end if;
        end if;
        perform private.settle_payment(payment.id);
    end if;

    update public.payment_events as e
    set status = case when why is null then 'applied' else 'ignored' end,
        outcome = why,
        attempts = e.attempts + 1,
        tried_at = clock_timestamp(),
        processed_at = now()
    where e.id = event.id;
end
$$;

comment on function private.apply_payment_event(uuid) is
    'Apply a payment event in the caller''s transaction: write its ledger entry and update payment, subscription and entitlement. An event that is already applied or ignored is not applied again. Internal: no API role may execute it.';

revoke all on function private.apply_payment_event(uuid) from public;
