create or replace function private.extract_paymongo_ids(p_raw jsonb)
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
            '$.data.attributes.data.**.id', '$.data.attributes.data.**.payment_id',
            '$.data.attributes.data.**.payment_intent_id', '$.data.attributes.data.**.user_id'
        ]::jsonpath[]) as path,
            jsonb_path_query(p_raw, path) as v
        where jsonb_typeof(v) = 'string'
        limit 100
    ) as ids
$$;

comment on function private.extract_paymongo_ids(jsonb) is
    'Ids in the body of a PayMongo event, at most 100; never raises an error. Internal: no API role may execute it.';

revoke all on function private.extract_paymongo_ids(jsonb) from public;
