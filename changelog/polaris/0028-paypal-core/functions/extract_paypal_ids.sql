create or replace function private.extract_paypal_ids(p_raw jsonb)
returns text[]
language sql
immutable
security invoker
set search_path = ''
as $$
    select coalesce(array_agg(distinct ids.id), '{}')
    from (
        select left(v #>> '{}', 200) as id
        from unnest(array[
            '$.resource.**.id', '$.resource.**.order_id', '$.resource.**.capture_id', '$.resource.**.sale_id',
            '$.resource.**.billing_agreement_id', '$.resource.**.dispute_id', '$.resource.**.seller_transaction_id',
            '$.resource.**.custom_id', '$.resource.**.custom'
        ]::jsonpath[]) as path,
            jsonb_path_query(p_raw, path) as v
        where jsonb_typeof(v) = 'string'
        union
        select private.parse_uuid(v #>> '{}')::text
        from jsonb_path_query(p_raw, '$.resource.**.custom_id') as v
        where private.parse_uuid(v #>> '{}') is not null
        union
        select linked.id
        from (values
            (private.find_paypal_linked_id(p_raw -> 'resource', '(?:captures?|sales?)')),
            (private.find_paypal_linked_id(p_raw -> 'resource', 'orders'))
        ) as linked (id)
        where linked.id is not null
        limit 100
    ) as ids
$$;

comment on function private.extract_paypal_ids(jsonb) is
    'Ids in the body of a PayPal event, at most 100; never raises an error. Internal: no API role may execute it.';

revoke all on function private.extract_paypal_ids(jsonb) from public;
