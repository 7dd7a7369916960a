create or replace function private.read_paypal_currency(p_amount jsonb)
returns text
language sql
immutable
security invoker
set search_path = ''
return coalesce(private.read_text(p_amount, '{currency_code}'), private.read_text(p_amount, '{currency}'));

comment on function private.read_paypal_currency(jsonb) is
    'The ISO 4217 code of an amount of PayPal''s. Called by definers only; nobody else may execute it.';

revoke all on function private.read_paypal_currency(jsonb) from public;
