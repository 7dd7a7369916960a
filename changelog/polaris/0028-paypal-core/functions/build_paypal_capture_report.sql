create or replace function private.build_paypal_capture_report(p_capture public.paypal_captures, p_event_id text)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    price public.paypal_price_map;
begin
    select *
    into price
    from public.paypal_price_map as m
    where m.price_id = p_capture.price_id
        and m.currency_code = p_capture.currency_code
        and m.amount_minor <= p_capture.amount_minor
        -- The payer can choose custom_id, so a retired price counts only if the order was begun here at this price or the subscription had it before.
        and (
            m.is_active
            or exists (
                select
                from public.paypal_orders as o
                where o.id = p_capture.order_id
                    and o.price_id = m.price_id
                    and o.amount_minor is not null
            )
            or exists (
                select
                from public.paypal_subscriptions as s
                where s.id = p_capture.subscription_id
                    and s.price_id = m.price_id
                    and s.price_since < m.retired_at
            )
        );
    return jsonb_build_object(
        'event_id', p_event_id, 'event_type', 'payment_captured', 'occurred_at', p_capture.paid_at,
        'payment_ref', p_capture.id, 'user_id', p_capture.user_id,
        'amount_minor', p_capture.amount_minor, 'currency_code', p_capture.currency_code,
        'plan_code', price.plan_code,
        -- The subscription would give the payment its plan, even if the amount does not cover the price.
        'subscription_ref', case when price.plan_code is not null then p_capture.subscription_id end,
        'period_start', case when price.plan_code is not null then p_capture.paid_at end,
        'period_end', private.add_months(p_capture.paid_at, price.months)
    );
end
$$;

comment on function private.build_paypal_capture_report(public.paypal_captures, text) is
    'Build the payment_captured report of a payment; it names the plan of the price only if the amount covers the price, else an admin assigns a plan. Internal: no API role may execute it.';

revoke all on function private.build_paypal_capture_report(public.paypal_captures, text) from public;
