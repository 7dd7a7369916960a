create or replace function private.read_paypal_currency(p_amount jsonb)
returns text
language sql
immutable
security invoker
set search_path = ''
return coalesce(private.read_text(p_amount, '{currency_code}'), private.read_text(p_amount, '{currency}'));

comment on function private.read_paypal_currency(jsonb) is
    'ISO 4217 code of a PayPal amount, in the current or the older format. Internal: no API role may execute it.';

revoke all on function private.read_paypal_currency(jsonb) from public;
