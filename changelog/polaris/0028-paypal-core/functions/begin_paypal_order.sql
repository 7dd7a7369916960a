create or replace function private.begin_paypal_order(p_order_id text, p_user uuid, p_price_id text, p_metadata jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    price public.paypal_price_map;
    report jsonb;
begin
    if not private.is_service() then
        raise exception 'only the service may begin purchases'
            using errcode = 'insufficient_privilege';
    end if;
    if p_user is null or p_order_id is null then
        raise exception 'p_order_id and p_user are required'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into price
    from public.paypal_price_map as m
    where m.price_id = p_price_id;
    if not found or not price.is_active then
        raise exception 'price % does not exist or is not active', p_price_id
            using errcode = 'no_data_found';
    end if;

    perform pg_advisory_xact_lock(hashtextextended('polaris.paypal.' || p_order_id, 0));
    insert into public.paypal_orders as o (id, user_id, price_id, amount_minor, currency_code, metadata)
    values (p_order_id, p_user, price.price_id, price.amount_minor, price.currency_code, coalesce(p_metadata, '{}'))
    on conflict (id) do update
    set user_id = excluded.user_id,
        price_id = excluded.price_id,
        amount_minor = excluded.amount_minor,
        currency_code = excluded.currency_code,
        metadata = excluded.metadata
    -- If only events have reported the order so far, the values of the server replace theirs.
    where o.amount_minor is null;
    if not exists (
        select
        from public.paypal_orders as o
        where o.id = p_order_id
            and o.user_id = p_user
            and o.price_id = p_price_id
    ) then
        raise exception 'order % was begun by another user or at another price', p_order_id
            using errcode = 'check_violation';
    end if;

    -- A payment that arrived before this call gets its user and price now.
    for report in
        select r
        from private.build_waiting_paypal_reports(p_order_id, null, 'begun ' || p_order_id) as r
    loop
        perform private.record_payment_event(jsonb_strip_nulls(report) || '{"provider": "paypal"}');
    end loop;
end
$$;

comment on function private.begin_paypal_order(text, uuid, text, jsonb) is
    'Store who buys at which price; a repeated call changes nothing. A payment of the order that is already booked grants its plan now. For the service.';

revoke all on function private.begin_paypal_order(text, uuid, text, jsonb) from public;
grant execute on function private.begin_paypal_order(text, uuid, text, jsonb) to service_role;

create or replace function public.begin_paypal_order(p_order_id text, p_user uuid, p_price_id text, p_metadata jsonb default '{}')
returns void
language sql
volatile
security invoker
set search_path = ''
return private.begin_paypal_order(p_order_id, p_user, p_price_id, p_metadata);

comment on function public.begin_paypal_order(text, uuid, text, jsonb) is
    'Store who buys at which price before the checkout, so that the payment finds its user and plan. For the service.';

revoke all on function public.begin_paypal_order(text, uuid, text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.begin_paypal_order(text, uuid, text, jsonb) to service_role;
