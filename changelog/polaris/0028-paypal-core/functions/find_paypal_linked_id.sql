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
    'The id at the end of the link up to one of a kind, for instance captures; null where there is none. Called by definers only; nobody else may execute it.';

revoke all on function private.find_paypal_linked_id(jsonb, text) from public;
