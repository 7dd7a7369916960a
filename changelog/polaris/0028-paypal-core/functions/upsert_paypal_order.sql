create or replace function private.upsert_paypal_order(p_id text, p_body jsonb, p_status text)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    custom text := coalesce(private.read_text(p_body, '{purchase_units,0,custom_id}'), private.read_text(p_body, '{custom_id}'));
begin
    -- Lock the order, so that a concurrent begin_paypal_order or payment event sees this change or is seen here.
    perform pg_advisory_xact_lock(hashtextextended('polaris.paypal.' || p_id, 0));
    insert into public.paypal_orders as o (id, user_id, price_id, status)
    values (
        p_id, (select p.id from public.profiles as p where p.id = private.parse_uuid(custom)), nullif(split_part(custom, ':', 2), ''), p_status
    )
    on conflict (id) do update
    set user_id = coalesce(o.user_id, excluded.user_id),
        price_id = coalesce(o.price_id, excluded.price_id),
        status = case when array_position(array['created', 'approved', 'completed'], excluded.status)
            > array_position(array['created', 'approved', 'completed'], o.status) then excluded.status else o.status end;
end
$$;

comment on function private.upsert_paypal_order(text, jsonb, text) is
    'Insert or complete an order from an event: the status only advances, and user and price come from custom_id only while unknown. Internal: no API role may execute it.';

revoke all on function private.upsert_paypal_order(text, jsonb, text) from public;
