create or replace function private.build_paypal_subscription_reports(p_event public.paypal_events)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    resource jsonb := p_event.raw -> 'resource';
    agreement public.paypal_subscriptions;
    at timestamptz := private.read_paypal_time(p_event.raw, '{create_time}');
    is_now text := private.read_text(resource, '{status}');
    price public.paypal_price_map;
begin
    if private.read_text(resource, '{id}') is null or at is null then
        raise exception 'a subscription needs an id and a time'
            using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('polaris.paypal.' || private.read_text(resource, '{id}'), 0));
    insert into public.paypal_subscriptions as s (id, user_id, price_id, price_since, told_at)
    select
        private.read_text(resource, '{id}'),
        (select p.id from public.profiles as p where p.id = private.parse_uuid(private.read_text(resource, '{custom_id}'))),
        private.read_text(resource, '{plan_id}'), at, at
    where private.read_text(resource, '{plan_id}') is not null
    on conflict (id) do update
    set user_id = coalesce(s.user_id, excluded.user_id),
        price_id = case when excluded.told_at >= s.told_at then excluded.price_id else s.price_id end,
        price_since = case
            when excluded.price_id = s.price_id then least(s.price_since, excluded.price_since)
            when excluded.told_at >= s.told_at then excluded.price_since
            else s.price_since
        end,
        told_at = greatest(s.told_at, excluded.told_at);
    select *
    into agreement
    from public.paypal_subscriptions as s
    where s.id = private.read_text(resource, '{id}');
    select *
    into price
    from public.paypal_price_map as m
    where m.price_id = coalesce(private.read_text(resource, '{plan_id}'), agreement.price_id);
    if not found then
        raise exception 'price % of a subscription is not in paypal_price_map', coalesce(private.read_text(resource, '{plan_id}'), agreement.price_id, 'unknown')
            using errcode = 'invalid_parameter_value';
    end if;

    -- The payer can subscribe to, or change to, any price that PayPal still has.
    if price.price_id = agreement.price_id and agreement.price_since >= price.retired_at then
        raise exception 'price % was retired before the subscription had it', price.price_id
            using errcode = 'invalid_parameter_value';
    end if;

    is_now := case
        when p_event.event_type = 'BILLING.SUBSCRIPTION.PAYMENT.FAILED' and coalesce(is_now, 'ACTIVE') = 'ACTIVE' then 'past_due'
        when p_event.event_type = 'BILLING.SUBSCRIPTION.CANCELLED' then 'canceled'
        when p_event.event_type = 'BILLING.SUBSCRIPTION.EXPIRED' then 'expired'
        when p_event.event_type = 'BILLING.SUBSCRIPTION.SUSPENDED' then 'paused'
        when is_now in ('APPROVAL_PENDING', 'APPROVED') then 'incomplete'
        when is_now = 'ACTIVE' then 'active'
        when is_now = 'SUSPENDED' then 'paused'
        when is_now = 'CANCELLED' then 'canceled'
        when is_now = 'EXPIRED' then 'expired'
    end;
    if is_now is null then
        raise exception 'status % of a subscription is unknown', coalesce(private.read_text(resource, '{status}'), 'nothing')
            using errcode = 'invalid_parameter_value';
    end if;
    return next jsonb_build_object(
        'event_id', p_event.event_id, 'event_type', 'subscription_updated', 'occurred_at', at, 'subscription_ref', agreement.id,
        'user_id', agreement.user_id, 'plan_code', price.plan_code, 'subscription_status', is_now,
        'period_start', case
            when private.read_paypal_time(resource, '{billing_info,last_payment,time}') < private.read_paypal_time(resource, '{billing_info,next_billing_time}')
            then private.read_paypal_time(resource, '{billing_info,last_payment,time}')
        end,
        'period_end', private.read_paypal_time(resource, '{billing_info,next_billing_time}')
    );
    return query
    select r
    from private.build_waiting_paypal_reports(null, agreement.id, p_event.event_id) as r;
end
$$;

comment on function private.build_paypal_subscription_reports(public.paypal_events) is
    'Store the user and price of a PayPal subscription, and return reports of its status and of payments that waited for it. Internal: no API role may execute it.';

revoke all on function private.build_paypal_subscription_reports(public.paypal_events) from public;
