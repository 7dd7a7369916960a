create or replace function private.begin_paymongo_intent(p_intent_id text, p_user uuid, p_price_id text, p_metadata jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    price public.paymongo_price_map;
    payment public.paymongo_payments;
begin
    if not private.is_service() then
        raise exception 'only the service may begin purchases'
            using errcode = 'insufficient_privilege';
    end if;
    if p_user is null or p_intent_id is null then
        raise exception 'p_intent_id and p_user are required'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into price
    from public.paymongo_price_map as m
    where m.price_id = p_price_id;
    if not found or not price.is_active then
        raise exception 'price % does not exist or is not active', p_price_id
            using errcode = 'no_data_found';
    end if;

    perform pg_advisory_xact_lock(hashtextextended('polaris.paymongo.' || p_intent_id, 0));
    insert into public.paymongo_payment_intents as i (id, user_id, price_id, status, amount_minor, currency_code, metadata)
    values (
        p_intent_id, p_user, price.price_id,
        coalesce((
            select case max(p.status) when 'paid' then 'succeeded' else 'failed' end
            from public.paymongo_payments as p
            where p.payment_intent_id = p_intent_id
            having count(*) > 0
        ), 'initiated'),
        price.amount_minor, price.currency_code, coalesce(p_metadata, '{}')
    )
    on conflict (id) do nothing;
    if not exists (
        select
        from public.paymongo_payment_intents as i
        where i.id = p_intent_id
            and i.user_id = p_user
            and i.price_id = p_price_id
    ) then
        raise exception 'intent % was begun by another user or at another price', p_intent_id
            using errcode = 'check_violation';
    end if;

    -- A payment that arrived before this call gets its user and price now.
    for payment in
        update public.paymongo_payments as p
        set user_id = coalesce(p.user_id, p_user),
            -- The price of the intent overrides the one in the metadata.
            price_id = p_price_id
        where p.payment_intent_id = p_intent_id
            and p.status = 'paid'
            and private.is_payment_waiting('paymongo', p.id)
        returning p.*
    loop
        perform private.record_payment_event(
            jsonb_strip_nulls(private.build_paymongo_capture_report(payment, 'begun ' || p_intent_id || ' ' || payment.id)) || '{"provider": "paymongo"}');
    end loop;
end
$$;

comment on function private.begin_paymongo_intent(text, uuid, text, jsonb) is
    'Store who buys at which price; a repeated call changes nothing. A payment of the intent that is already booked grants its plan now. For the service.';

revoke all on function private.begin_paymongo_intent(text, uuid, text, jsonb) from public;
grant execute on function private.begin_paymongo_intent(text, uuid, text, jsonb) to service_role;

create or replace function public.begin_paymongo_intent(p_intent_id text, p_user uuid, p_price_id text, p_metadata jsonb default '{}')
returns void
language sql
volatile
security invoker
set search_path = ''
return private.begin_paymongo_intent(p_intent_id, p_user, p_price_id, p_metadata);

comment on function public.begin_paymongo_intent(text, uuid, text, jsonb) is
    'Store who buys at which price before the checkout, so that the payment finds its user and plan. For the service.';

revoke all on function public.begin_paymongo_intent(text, uuid, text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.begin_paymongo_intent(text, uuid, text, jsonb) to service_role;
