create or replace function private.adyen_enqueue_payment_event()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    payment uuid;
    why text;
    becomes constant text := case new.event_code
        when 'AUTHORISATION' then case when new.success then 'authorised' else 'refused' end
        when 'CAPTURE' then case when new.success then 'captured' end
        when 'CANCELLATION' then case when new.success then 'cancelled' end
        when 'REFUND' then case when new.success then 'refunded' else 'refund_failed' end
        when 'CHARGEBACK' then 'chargeback'
        when 'CHARGEBACK_REVERSED' then 'chargeback_reversed'
        when 'OFFER_CLOSED' then 'expired'
    end;
begin
    if new.signature_valid is not true then
        why := 'the signature is invalid or was not checked';
    elsif becomes is null then
        why := 'this event changes no payment';
    else
        begin
            payment := public.adyen_upsert_payment_from_webhook(
                new.account_id,
                (
                    select s.user_id
                    from public.adyen_sessions as s
                    where s.account_id = new.account_id
                        and s.reference = new.merchant_reference
                    order by s.created_at desc
                    limit 1
                ),
                coalesce(new.original_reference, new.psp_reference),
                new.merchant_reference,
                becomes,
                null,
                case when becomes = 'refused' then new.payload ->> 'reason' end,
                (new.amount ->> 'value')::bigint,
                new.amount ->> 'currency',
                null,
                new.payload ->> 'paymentMethod',
                new.payload
            );
            update public.adyen_payments as p
            set refunded_amount_minor = (
                select coalesce(sum((e.amount ->> 'value')::bigint), 0)
                from public.adyen_webhook_events as e
                where e.original_reference = p.psp_reference
                    and e.account_id = p.account_id
                    and e.event_code = 'REFUND'
                    and e.success
                    and e.signature_valid
            )
            where p.id = payment
                and becomes = 'refunded';
        exception
            when others then
                -- Store the webhook with the error, because Adyen would resend a rejected one forever.
                if sqlstate like '40%' or sqlstate like '55%' or sqlstate like '57%' then
                    raise;
                end if;
                payment := null;
                why := left(sqlerrm, 1000);
        end;
    end if;
    update public.adyen_webhook_events as e
    set processed_at = case when payment is not null then now() end,
        processing_error = why
    where e.id = new.id;
    return null;
end
$$;

comment on function private.adyen_enqueue_payment_event() is
    'Apply a webhook with a valid signature to adyen_payments, and store the result in the row of the webhook.';

revoke all on function private.adyen_enqueue_payment_event() from public;
