create or replace function private.build_paypal_withheld_reports(p_event public.paypal_events)
returns setof jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    resource jsonb := p_event.raw -> 'resource';
    disputed boolean := p_event.event_type like 'CUSTOMER.DISPUTE.%';
    of_payment text;
    withheld public.paypal_disputes;
    about jsonb;
    ended text;
    lost bigint;
begin
    if disputed then
        if jsonb_typeof(resource -> 'disputed_transactions') is distinct from 'array' or jsonb_array_length(resource -> 'disputed_transactions') <> 1 then
            raise exception 'a dispute must be about one payment, because PayPal does not report the disputed amount of each payment'
                using errcode = 'invalid_parameter_value';
        end if;
        of_payment := private.read_text(resource, '{disputed_transactions,0,seller_transaction_id}');
        withheld := private.upsert_paypal_dispute(of_payment, private.read_text(resource, '{dispute_id}'), null, resource -> 'dispute_amount');
    else
        -- If the event names no other payment, its resource is the reversed payment itself.
        of_payment := coalesce(
            private.read_text(resource, '{sale_id}'), private.read_text(resource, '{supplementary_data,related_ids,capture_id}'),
            private.find_paypal_linked_id(resource, '(?:captures?|sales?)'), private.read_text(resource, '{id}'));
        withheld := private.upsert_paypal_dispute(of_payment, null, private.read_text(resource, '{id}'), resource -> 'amount');
    end if;

    about := jsonb_build_object(
        'payment_ref', of_payment, 'object_ref', withheld.object_ref, 'currency_code', withheld.currency_code,
        'occurred_at', coalesce(private.read_paypal_time(resource, '{create_time}'), private.read_paypal_time(p_event.raw, '{create_time}')));
    -- Every event also reports the opening, because the first event may be lost.
    return next about || jsonb_build_object(
        'event_id', p_event.event_id || ' opened', 'event_type', 'dispute_opened', 'amount_minor', withheld.amount_minor);
    if p_event.event_type <> 'CUSTOMER.DISPUTE.RESOLVED' then
        return;
    end if;

    ended := private.read_text(resource, '{dispute_outcome,outcome_code}');
    if ended in ('RESOLVED_BUYER_FAVOUR', 'ACCEPTED') then
        lost := withheld.amount_minor;
        if coalesce(jsonb_typeof(resource #> '{dispute_outcome,amount_refunded}'), 'null') <> 'null' then
            lost := private.read_paypal_minor(resource #> '{dispute_outcome,amount_refunded}');
        end if;
    elsif ended in ('RESOLVED_SELLER_FAVOUR', 'RESOLVED_WITH_PAYOUT', 'CANCELED_BY_BUYER', 'DENIED', 'NONE') then
        lost := 0;
    end if;
    if lost is null or lost not between 0 and withheld.amount_minor or withheld.outcome_code <> ended then
        raise exception 'dispute % cannot end with outcome % after outcome %', withheld.dispute_id, coalesce(ended, 'nothing'), coalesce(withheld.outcome_code, 'nothing')
            using errcode = 'invalid_parameter_value';
    end if;
    update public.paypal_disputes as d
    set outcome_code = ended
    where d.object_ref = withheld.object_ref
        and d.outcome_code is null;
    about := about || jsonb_build_object(
        'occurred_at', coalesce(private.read_paypal_time(resource, '{update_time}'), private.read_paypal_time(p_event.raw, '{create_time}')));
    if lost > 0 then
        return next about || jsonb_build_object('event_id', p_event.event_id || ' lost', 'event_type', 'dispute_lost', 'amount_minor', lost);
    end if;
    if lost < withheld.amount_minor then
        return next about || jsonb_build_object(
            'event_id', p_event.event_id || ' won', 'event_type', 'dispute_won', 'amount_minor', withheld.amount_minor - lost);
    end if;
end
$$;

comment on function private.build_paypal_withheld_reports(public.paypal_events) is
    'Return the reports of a PayPal dispute or reversal: opened, then lost or won. Internal: no API role may execute it.';

revoke all on function private.build_paypal_withheld_reports(public.paypal_events) from public;
