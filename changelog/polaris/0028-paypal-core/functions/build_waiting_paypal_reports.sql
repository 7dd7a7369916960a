create or replace function private.build_waiting_paypal_reports(p_order text, p_subscription text, p_event_id text)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    capture public.paypal_captures;
begin
    for capture in
        update public.paypal_captures as c
        set user_id = coalesce(c.user_id, known.user_id),
            price_id = case when known.is_sure then known.price_id else coalesce(c.price_id, known.price_id) end
        from (
            -- An order begun here overrides custom_id.
            select o.id, o.user_id, o.price_id, o.amount_minor is not null as is_sure
            from public.paypal_orders as o
            where o.id = p_order
            union all
            select s.id, s.user_id, s.price_id, false
            from public.paypal_subscriptions as s
            where s.id = p_subscription
        ) as known
        where (c.order_id = p_order or c.subscription_id = p_subscription)
            and c.status = 'completed'
            and (
                c.user_id is null and known.user_id is not null
                or c.price_id is null and known.price_id is not null
                or known.is_sure and c.price_id <> known.price_id
            )
            and private.is_payment_waiting('paypal', c.id)
        returning c.*
    loop
        return next private.build_paypal_capture_report(capture, p_event_id || ' ' || capture.id);
    end loop;
end
$$;

comment on function private.build_waiting_paypal_reports(text, text, text) is
    'Add user and price of an order or subscription to its booked payments that lack them, and return their reports again. Internal: no API role may execute it.';

revoke all on function private.build_waiting_paypal_reports(text, text, text) from public;
