create or replace function private.find_paypal_linked_id(p_resource jsonb, p_kind text)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select (regexp_match(l.value ->> 'href', '/' || p_kind || '/([A-Za-z0-9_-]{1,100})$'))[1]
    from jsonb_array_elements(case when jsonb_typeof(p_resource -> 'links') = 'array' then p_resource -> 'links' else '[]' end) as l
    where l.value ->> 'rel' in ('up', 'sale', 'capture')
        and l.value ->> 'href' ~ ('/' || p_kind || '/[A-Za-z0-9_-]{1,100}$')
    limit 1
$$;

comment on function private.find_paypal_linked_id(jsonb, text) is
    'Id at the end of a resource''s link to its parent of a kind, for example captures; null if absent. Internal: no API role may execute it.';

revoke all on function private.find_paypal_linked_id(jsonb, text) from public;
