create or replace function private.upsert_paymongo_payment(p_payment jsonb, p_metadata jsonb, p_status text)
returns public.paymongo_payments
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    told public.paymongo_payments;
    intent public.paymongo_payment_intents;
begin
    told.id := private.read_text(p_payment, '{id}');
    told.payment_intent_id := private.read_text(p_payment, '{attributes,payment_intent_id}');
    told.amount_minor := private.read_bigint(p_payment, '{attributes,amount}');
    -- The fee is only informative, so an invalid one does not block the booking.
    told.fee_minor := case when p_payment #>> '{attributes,fee}' ~ '^[0-9]{1,12}$' then (p_payment #>> '{attributes,fee}')::bigint end;
    told.currency_code := upper(private.read_text(p_payment, '{attributes,currency}'));
    told.payment_method := left(p_payment #>> '{attributes,source,type}', 100);
    told.paid_at := to_timestamp(private.read_bigint(p_payment, '{attributes,paid_at}'));
    if told.id is null or coalesce(told.amount_minor, 0) = 0 or told.currency_code is distinct from 'PHP' or p_status = 'paid' and told.paid_at is null
        or told.paid_at > now() + interval '1 day'
    then
        raise exception 'a payment needs an id, an amount in PHP and, if paid, a time that is not in the future'
            using errcode = 'invalid_parameter_value';
    end if;

    if told.payment_intent_id is not null then
        -- Lock the intent, so that a concurrent begin_paymongo_intent sees this payment or is seen here.
        perform pg_advisory_xact_lock(hashtextextended('polaris.paymongo.' || told.payment_intent_id, 0));
        update public.paymongo_payment_intents as i
        set status = p.status
        from (values (case p_status when 'paid' then 'succeeded' else 'failed' end)) as p (status)
        where i.id = told.payment_intent_id
            and i.status not in (p.status, 'succeeded');
        select *
        into intent
        from public.paymongo_payment_intents as i
        where i.id = told.payment_intent_id;
    end if;
    select p.id
    into told.user_id
    from public.profiles as p
    where p.id = coalesce(
        intent.user_id,
        private.parse_uuid(private.read_text(p_payment, '{attributes,metadata,user_id}')),
        private.parse_uuid(private.read_text(p_metadata, '{user_id}')));
    told.price_id := coalesce(intent.price_id, private.read_text(p_payment, '{attributes,metadata,price_id}'), private.read_text(p_metadata, '{price_id}'));

    insert into public.paymongo_payments as p (
        id, payment_intent_id, user_id, price_id, status, amount_minor, fee_minor, currency_code, payment_method, paid_at
    )
    values (
        told.id, told.payment_intent_id, told.user_id, told.price_id, p_status, told.amount_minor, told.fee_minor, told.currency_code,
        told.payment_method, told.paid_at
    )
    on conflict (id) do update
    set payment_intent_id = coalesce(p.payment_intent_id, excluded.payment_intent_id),
        user_id = coalesce(p.user_id, excluded.user_id),
        price_id = coalesce(p.price_id, excluded.price_id),
        status = greatest(p.status, excluded.status),
        fee_minor = coalesce(p.fee_minor, excluded.fee_minor),
        payment_method = coalesce(p.payment_method, excluded.payment_method),
        paid_at = coalesce(p.paid_at, excluded.paid_at)
    returning p.* into told;
    if told.amount_minor <> private.read_bigint(p_payment, '{attributes,amount}') then
        raise exception 'payment % was reported earlier with another amount', told.id
            using errcode = 'check_violation';
    end if;
    return told;
end
$$;

comment on function private.upsert_paymongo_payment(jsonb, jsonb, text) is
    'Store a payment in paymongo_payments, merged from all events about it, and update the status of its intent. Internal: no API role may execute it.';

revoke all on function private.upsert_paymongo_payment(jsonb, jsonb, text) from public;
