create or replace function private.upsert_paypal_dispute(p_payment text, p_dispute text, p_reversal text, p_amount jsonb)
returns public.paypal_disputes
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    minor bigint := abs(private.read_paypal_minor(p_amount));
    currency text := private.read_paypal_currency(p_amount);
    found_one public.paypal_disputes;
begin
    if coalesce(p_dispute, p_reversal) is null or p_payment is null or minor = 0 then
        raise exception 'a dispute or reversal needs an id, a payment and an amount'
            using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('polaris.paypal.' || p_payment, 0));
    select *
    into found_one
    from public.paypal_disputes as d
    where d.dispute_id = p_dispute
        or d.reversal_id = p_reversal;
    if not found then
        update public.paypal_disputes as d
        set dispute_id = coalesce(d.dispute_id, p_dispute),
            reversal_id = coalesce(d.reversal_id, p_reversal)
        where d.object_ref = (
            select o.object_ref
            from public.paypal_disputes as o
            where o.payment_ref = p_payment
                and o.amount_minor = minor
                and o.currency_code = currency
                and (p_dispute is null or o.dispute_id is null)
                and (p_reversal is null or o.reversal_id is null)
            order by o.created_at, o.object_ref
            limit 1
        )
        returning d.* into found_one;
    end if;
    if found_one.object_ref is null then
        insert into public.paypal_disputes (object_ref, payment_ref, dispute_id, reversal_id, amount_minor, currency_code)
        values (coalesce(p_dispute, p_reversal), p_payment, p_dispute, p_reversal, minor, currency)
        returning * into found_one;
    end if;
    if (found_one.payment_ref, found_one.amount_minor, found_one.currency_code) is distinct from (p_payment, minor, currency) then
        raise exception 'dispute % was reported earlier with another payment or amount', coalesce(p_dispute, p_reversal)
            using errcode = 'check_violation';
    end if;
    return found_one;
end
$$;

comment on function private.upsert_paypal_dispute(text, text, text, jsonb) is
    'Find or insert the row of a dispute or reversal; a reversal and a dispute of the same payment and amount share one row. Internal: no API role may execute it.';

revoke all on function private.upsert_paypal_dispute(text, text, text, jsonb) from public;
