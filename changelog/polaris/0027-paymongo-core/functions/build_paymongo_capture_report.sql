create or replace function private.build_paymongo_capture_report(p_payment public.paymongo_payments, p_event_id text)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    price public.paymongo_price_map;
begin
    select *
    into price
    from public.paymongo_price_map as m
    where m.price_id = p_payment.price_id
        and m.currency_code = p_payment.currency_code
        and m.amount_minor <= p_payment.amount_minor
        -- An inactive price counts only if the intent was begun here at this price.
        and (
            m.is_active
            or exists (
                select
                from public.paymongo_payment_intents as i
                where i.id = p_payment.payment_intent_id
                    and i.price_id = m.price_id
            )
        );
    return jsonb_build_object(
        'event_id', p_event_id, 'event_type', 'payment_captured', 'occurred_at', p_payment.paid_at,
        'payment_ref', p_payment.id, 'user_id', p_payment.user_id,
        'amount_minor', p_payment.amount_minor, 'currency_code', p_payment.currency_code,
        'plan_code', price.plan_code,
        'period_start', case when price.plan_code is not null then p_payment.paid_at end,
        'period_end', private.add_months(p_payment.paid_at, price.months)
    );
end
$$;

comment on function private.build_paymongo_capture_report(public.paymongo_payments, text) is
    'Build the payment_captured report of a payment; it names the plan of the price only if the amount covers the price, else an admin assigns a plan. Internal: no API role may execute it.';

revoke all on function private.build_paymongo_capture_report(public.paymongo_payments, text) from public;
