create or replace function private.build_paypal_payment_reports(p_event public.paypal_events)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    resource jsonb := p_event.raw -> 'resource';
    custom text := coalesce(private.read_text(resource, '{custom_id}'), private.read_text(resource, '{custom}'));
    fee jsonb := coalesce(resource #> '{seller_receivable_breakdown,paypal_fee}', resource -> 'transaction_fee');
    told public.paypal_captures;
    known record;
begin
    told.id := private.read_text(resource, '{id}');
    told.order_id := coalesce(private.read_text(resource, '{supplementary_data,related_ids,order_id}'), private.find_paypal_linked_id(resource, 'orders'));
    told.subscription_id := private.read_text(resource, '{billing_agreement_id}');
    told.amount_minor := private.read_paypal_minor(resource -> 'amount');
    told.currency_code := private.read_paypal_currency(resource -> 'amount');
    told.paid_at := coalesce(private.read_paypal_time(resource, '{create_time}'), private.read_paypal_time(p_event.raw, '{create_time}'));
    told.status := case split_part(p_event.event_type, '.', 3) when 'COMPLETED' then 'completed' when 'PENDING' then 'pending' else 'declined' end;
    if told.id is null or told.amount_minor <= 0 or told.paid_at is null or told.paid_at > now() + interval '1 day' then
        raise exception 'a payment needs an id, a positive amount and a time that is not in the future'
            using errcode = 'invalid_parameter_value';
    end if;
    begin
        told.fee_minor := case when private.read_paypal_currency(fee) = told.currency_code then abs(private.read_paypal_minor(fee)) end;
    exception
        when invalid_parameter_value then
            -- The fee is only informative, so an invalid one does not block the booking.
            told.fee_minor := null;
    end;

    if told.order_id is not null then
        perform private.upsert_paypal_order(told.order_id, resource, case told.status when 'completed' then 'completed' else 'created' end);
    elsif told.subscription_id is not null then
        perform pg_advisory_xact_lock(hashtextextended('polaris.paypal.' || told.subscription_id, 0));
    end if;
    select k.user_id, k.price_id
    into known
    from (
        select o.user_id, o.price_id
        from public.paypal_orders as o
        where o.id = told.order_id
        union all
        select s.user_id, s.price_id
        from public.paypal_subscriptions as s
        where s.id = told.subscription_id
            and told.order_id is null
    ) as k;

    insert into public.paypal_captures as c (
        id, order_id, subscription_id, user_id, price_id, status, amount_minor, fee_minor, currency_code, paid_at
    )
    values (
        told.id, told.order_id, told.subscription_id,
        (select p.id from public.profiles as p where p.id = coalesce(known.user_id, private.parse_uuid(custom))),
        -- The price of a subscription comes from the subscription's own events.
        coalesce(known.price_id, case when told.subscription_id is null then nullif(split_part(custom, ':', 2), '') end),
        told.status, told.amount_minor, told.fee_minor, told.currency_code, told.paid_at
    )
    on conflict (id) do update
    set order_id = coalesce(c.order_id, excluded.order_id),
        subscription_id = coalesce(c.subscription_id, excluded.subscription_id),
        user_id = coalesce(c.user_id, excluded.user_id),
        price_id = coalesce(c.price_id, excluded.price_id),
        status = case when array_position(array['pending', 'declined', 'completed'], excluded.status)
            > array_position(array['pending', 'declined', 'completed'], c.status) then excluded.status else c.status end,
        fee_minor = coalesce(c.fee_minor, excluded.fee_minor)
    returning c.* into told;
    if (told.amount_minor, told.currency_code)
        is distinct from (private.read_paypal_minor(resource -> 'amount'), private.read_paypal_currency(resource -> 'amount'))
    then
        raise exception 'payment % was reported earlier with another amount', told.id
            using errcode = 'check_violation';
    end if;

    if p_event.event_type ~ '[.]COMPLETED$' then
        return next private.build_paypal_capture_report(told, p_event.event_id);
    elsif p_event.event_type !~ '[.]PENDING$' then
        return next jsonb_build_object(
            'event_id', p_event.event_id, 'event_type', 'payment_failed', 'payment_ref', told.id, 'user_id', told.user_id);
    end if;
end
$$;

comment on function private.build_paypal_payment_reports(public.paypal_events) is
    'Store the payment of a PayPal event, and its order, and return its report if it was captured or failed. Internal: no API role may execute it.';

revoke all on function private.build_paypal_payment_reports(public.paypal_events) from public;
