create or replace function public.adyen_upsert_payment_from_webhook(
    p_account_id uuid,
    p_user_id uuid,
    p_psp_reference text,
    p_merchant_reference text,
    p_status text,
    p_result_code text,
    p_refusal_reason text,
    p_amount_minor bigint,
    p_currency text,
    p_country_code text,
    p_method text,
    p_raw jsonb
)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    -- Statuses in order; a late webhook never moves a payment back.
    stages constant text[] := array[
        'initiated', 'received', 'pending', 'expired', 'error', 'refused', 'authorised', 'cancelled', 'capture_pending', 'captured',
        'refund_requested', 'refund_pending', 'refund_failed', 'refunded', 'chargeback', 'chargeback_reversed'
    ];
    payment uuid;
begin
    insert into public.adyen_payments as p (
        account_id, session_id, user_id, psp_reference, merchant_reference, method, status, result_code, refusal_reason, amount_minor, currency_code,
        country_code, captured_amount_minor, raw_response
    )
    values (
        p_account_id,
        (select s.id from public.adyen_sessions as s where s.account_id = p_account_id and s.reference = p_merchant_reference order by s.created_at desc limit 1),
        p_user_id, p_psp_reference, p_merchant_reference, p_method, p_status, p_result_code, p_refusal_reason, p_amount_minor, p_currency,
        p_country_code, case when p_status = 'captured' then p_amount_minor else 0 end, p_raw
    )
    on conflict (psp_reference) do update
    set status = case when array_position(stages, excluded.status) >= array_position(stages, p.status) then excluded.status else p.status end,
        session_id = coalesce(p.session_id, excluded.session_id),
        user_id = coalesce(p.user_id, excluded.user_id),
        method = coalesce(excluded.method, p.method),
        result_code = coalesce(excluded.result_code, p.result_code),
        refusal_reason = coalesce(excluded.refusal_reason, p.refusal_reason),
        country_code = coalesce(excluded.country_code, p.country_code),
        captured_amount_minor = greatest(p.captured_amount_minor, excluded.captured_amount_minor),
        raw_response = coalesce(excluded.raw_response, p.raw_response)
    where p.account_id = excluded.account_id
        and p.merchant_reference = excluded.merchant_reference
        and p.currency_code = excluded.currency_code
    returning p.id into payment;
    if payment is null then
        raise exception 'payment % exists with another account, reference or currency', p_psp_reference
            using errcode = 'check_violation';
    end if;
    return payment;
end
$$;

comment on function public.adyen_upsert_payment_from_webhook(uuid, uuid, text, text, text, text, text, bigint, text, text, text, jsonb) is
    'Insert a payment or advance its status, which never moves back; an error if account, reference or currency differ. For the service.';

revoke all on function public.adyen_upsert_payment_from_webhook(uuid, uuid, text, text, text, text, text, bigint, text, text, text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.adyen_upsert_payment_from_webhook(uuid, uuid, text, text, text, text, text, bigint, text, text, text, jsonb) to service_role;
