create or replace function private.read_paypal_minor(p_amount jsonb)
returns bigint
language plpgsql
immutable
security invoker
set search_path = ''
as $$
declare
    currency text := coalesce(private.read_text(p_amount, '{currency_code}'), private.read_text(p_amount, '{currency}'));
    value text := coalesce(private.read_text(p_amount, '{value}'), private.read_text(p_amount, '{total}'));
    minor numeric;
begin
    if coalesce(currency, '') not in (
        'AUD', 'BRL', 'CAD', 'CHF', 'CNY', 'CZK', 'DKK', 'EUR', 'GBP', 'HKD', 'HUF', 'ILS', 'JPY', 'MXN', 'MYR', 'NOK', 'NZD', 'PHP',
        'PLN', 'RUB', 'SEK', 'SGD', 'THB', 'TWD', 'USD'
    ) then
        raise exception '% is not a currency of PayPal', coalesce(currency, 'nothing')
            using errcode = 'invalid_parameter_value';
    end if;
    if coalesce(value, '') !~ '^-?[0-9]{1,12}(\.[0-9]{1,9})?$' then
        raise exception '% is not an amount', coalesce(value, 'nothing')
            using errcode = 'invalid_parameter_value';
    end if;
    minor := value::numeric * case when currency in ('HUF', 'JPY', 'TWD') then 1 else 100 end;
    if minor % 1 <> 0 or abs(minor) > 1000000000000 then
        raise exception '% has more decimals than % allows, or exceeds 10^12', value, currency
            using errcode = 'invalid_parameter_value';
    end if;
    return minor::bigint;
end
$$;

comment on function private.read_paypal_minor(jsonb) is
    'Convert a PayPal amount, in the current or the older format, to the smallest unit of its currency; an error if it is not an amount. Internal: no API role may execute it.';

revoke all on function private.read_paypal_minor(jsonb) from public;
