create or replace function private.paypal_currency(p_amount jsonb)
returns text
language sql
immutable
security invoker
set search_path = ''
return coalesce(private.said(p_amount, '{currency_code}'), private.said(p_amount, '{currency}'));

comment on function private.paypal_currency(jsonb) is
    'The ISO 4217 code of an amount of PayPal''s. Called by definers only; nobody else may execute it.';

revoke all on function private.paypal_currency(jsonb) from public;
