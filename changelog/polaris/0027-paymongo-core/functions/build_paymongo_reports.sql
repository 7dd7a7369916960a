create or replace function private.build_paymongo_reports(p_event public.paymongo_events)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    object jsonb := p_event.raw #> '{data,attributes,data}';
    kind text := p_event.event_type;
    payments jsonb;
    one jsonb;
    payment public.paymongo_payments;
    refunds jsonb := '[]'::jsonb;
begin
    if kind in ('payment.paid', 'payment.failed', 'payment.refunded') then
        payments := jsonb_build_array(object);
        refunds := coalesce(nullif(object #> '{attributes,refunds}', 'null'), '[]');
    elsif kind in ('checkout_session.payment.paid', 'link.payment.paid') then
        payments := object #> '{attributes,payments}';
    elsif kind = 'payment.refund.updated' then
        payments := '[]';
        refunds := jsonb_build_array(object);
    else
        return;
    end if;
    if jsonb_typeof(object) is distinct from 'object' or jsonb_typeof(payments) is distinct from 'array' or jsonb_typeof(refunds) <> 'array' then
        raise exception 'event type % without payment data', kind
            using errcode = 'invalid_parameter_value';
    end if;

    for one in
        select coalesce(p.value -> 'data', p.value)
        from jsonb_array_elements(payments) as p
    loop
        -- A checkout session also lists its failed attempts.
        continue when kind like '%.payment.paid' and private.read_text(one, '{attributes,status}') <> 'paid';
        payment := private.upsert_paymongo_payment(one, object #> '{attributes,metadata}', case kind when 'payment.failed' then 'failed' else 'paid' end);
        if kind = 'payment.failed' then
            return next jsonb_build_object(
                'event_id', p_event.event_id, 'event_type', 'payment_failed', 'payment_ref', payment.id, 'user_id', payment.user_id);
        else
            return next private.build_paymongo_capture_report(payment, p_event.event_id || ' ' || payment.id);
        end if;
    end loop;

    for one in
        select coalesce(r.value -> 'data', r.value)
        from jsonb_array_elements(refunds) as r
    loop
        -- An unfinished refund is reported again when it succeeds.
        continue when private.read_text(one, '{attributes,status}') is distinct from 'succeeded';
        if private.read_text(one, '{id}') is null
            or coalesce(private.read_bigint(one, '{attributes,amount}'), 0) = 0
            or coalesce(upper(private.read_text(one, '{attributes,currency}')), 'PHP') <> 'PHP'
            or coalesce(payment.id, private.read_text(one, '{attributes,payment_id}')) is null
        then
            raise exception 'a refund needs an id, an amount in PHP and a payment'
                using errcode = 'invalid_parameter_value';
        end if;
        return next jsonb_build_object(
            'event_id', p_event.event_id || ' ' || private.read_text(one, '{id}'), 'event_type', 'payment_refunded',
            'payment_ref', coalesce(payment.id, private.read_text(one, '{attributes,payment_id}')), 'object_ref', private.read_text(one, '{id}'),
            'amount_minor', private.read_bigint(one, '{attributes,amount}'), 'currency_code', 'PHP',
            -- created_at is the same in both events about a refund.
            'occurred_at', to_timestamp(coalesce(
                private.read_bigint(one, '{attributes,created_at}'), private.read_bigint(one, '{attributes,updated_at}')))
        );
    end loop;
end
$$;

comment on function private.build_paymongo_reports(public.paymongo_events) is
    'Store the payments of a PayMongo event and return its reports, in the format of payment_events; none if there is nothing to record. Internal: no API role may execute it.';

revoke all on function private.build_paymongo_reports(public.paymongo_events) from public;
