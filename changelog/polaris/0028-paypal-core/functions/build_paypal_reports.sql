create or replace function private.build_paypal_reports(p_event public.paypal_events)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    resource jsonb := p_event.raw -> 'resource';
    kind text := p_event.event_type;
    of_payment text;
begin
    if kind ~ '^PAYMENT[.](CAPTURE|SALE)[.](COMPLETED|PENDING|DENIED|DECLINED)$' then
        return query
        select r
        from private.build_paypal_payment_reports(p_event) as r;
    elsif kind ~ '^PAYMENT[.](CAPTURE|SALE)[.]REVERSED$|^CUSTOMER[.]DISPUTE[.](CREATED|UPDATED|RESOLVED)$' then
        return query
        select r
        from private.build_paypal_withheld_reports(p_event) as r;
    elsif kind ~ '^BILLING[.]SUBSCRIPTION[.](CREATED|ACTIVATED|UPDATED|RE-ACTIVATED|SUSPENDED|CANCELLED|EXPIRED|PAYMENT[.]FAILED)$' then
        return query
        select r
        from private.build_paypal_subscription_reports(p_event) as r;
    elsif kind in ('CHECKOUT.ORDER.APPROVED', 'CHECKOUT.ORDER.COMPLETED') then
        if private.read_text(resource, '{id}') is null then
            raise exception 'an order needs an id'
                using errcode = 'invalid_parameter_value';
        end if;
        perform private.upsert_paypal_order(private.read_text(resource, '{id}'), resource, lower(split_part(kind, '.', 3)));
        return query
        select r
        from private.build_waiting_paypal_reports(private.read_text(resource, '{id}'), null, p_event.event_id) as r;
    elsif kind ~ '^PAYMENT[.](CAPTURE|SALE)[.]REFUNDED$' then
        of_payment := coalesce(
            private.read_text(resource, '{sale_id}'), private.read_text(resource, '{supplementary_data,related_ids,capture_id}'),
            private.find_paypal_linked_id(resource, '(?:captures?|sales?)'));
        -- In the older format, refunded amounts are negative.
        if private.read_text(resource, '{id}') is null or of_payment is null or private.read_paypal_minor(resource -> 'amount') = 0 then
            raise exception 'a refund needs an id, a payment and an amount'
                using errcode = 'invalid_parameter_value';
        end if;
        if upper(coalesce(private.read_text(resource, '{status}'), private.read_text(resource, '{state}'), 'completed')) = 'COMPLETED' then
            return next jsonb_build_object(
                'event_id', p_event.event_id, 'event_type', 'payment_refunded', 'payment_ref', of_payment,
                'object_ref', private.read_text(resource, '{id}'), 'amount_minor', abs(private.read_paypal_minor(resource -> 'amount')),
                'currency_code', private.read_paypal_currency(resource -> 'amount'),
                'occurred_at', coalesce(private.read_paypal_time(resource, '{create_time}'), private.read_paypal_time(p_event.raw, '{create_time}'))
            );
        end if;
    end if;
end
$$;

comment on function private.build_paypal_reports(public.paypal_events) is
    'Store the orders, payments, disputes and subscriptions of a PayPal event and return its reports, in the format of payment_events; none if there is nothing to record. Internal: no API role may execute it.';

revoke all on function private.build_paypal_reports(public.paypal_events) from public;
