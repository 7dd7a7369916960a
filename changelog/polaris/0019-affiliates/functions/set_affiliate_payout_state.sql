create or replace function private.set_affiliate_payout_state(p_payout uuid, p_status text, p_tx_ref text, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    payout public.affiliate_payouts;
    payee public.affiliates;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may change payouts'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into payout
    from public.affiliate_payouts as p
    where p.id = p_payout;
    if not found then
        raise exception 'payout % does not exist', p_payout
            using errcode = 'no_data_found';
    end if;
    payee := private.lock_affiliate_for_decision(payout.affiliate_id);
    if p_status in ('approved', 'processing') and payee.payout_method <> payout.payout_method then
        raise exception 'the payout method changed after the payout was created'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Cancel this payout and ask the affiliate; the next one waits for payout_change_days of the program.';
    end if;
    if p_status in ('approved', 'processing')
        and (
            payee.status <> 'active'
            or 0 > (
                select sum(c.amount_minor)
                from private.v_due_commissions as c
                where c.affiliate_id = payout.affiliate_id
                    and c.currency_code = payout.currency_code
            )
            or exists (
                select
                from public.affiliate_commissions as c
                join private.list_disputed_payments() as d on d.provider = c.provider and d.payment_ref = c.payment_ref
                where c.payout_id = p_payout
            )
        )
    then
        raise exception 'the affiliate is not active, or a payment of this payout was refunded or disputed later'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Cancel this payout; the next one deducts refunds and leaves out disputed payments.';
    end if;
    update public.affiliate_payouts as p
    set status = p_status,
        tx_ref = case when p_status = 'paid' then p_tx_ref end,
        failure_reason = case when p_status in ('failed', 'canceled') then p_reason end
    where p.id = p_payout
        and p.status is distinct from p_status;
end
$$;

comment on function private.set_affiliate_payout_state(uuid, text, text, text) is
    'Set a payout to approved, processing, paid (with the transfer''s id), or failed or canceled (with a reason). For the service and for admins, except for their own account.';

revoke all on function private.set_affiliate_payout_state(uuid, text, text, text) from public;
grant execute on function private.set_affiliate_payout_state(uuid, text, text, text) to authenticated, service_role;

create or replace function public.set_affiliate_payout_state(p_payout uuid, p_status text, p_tx_ref text default null, p_reason text default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_affiliate_payout_state(p_payout, p_status, p_tx_ref, p_reason);

comment on function public.set_affiliate_payout_state(uuid, text, text, text) is
    'Set a payout to approved, processing, paid (with the transfer''s id), or failed or canceled (with a reason). For the service and for admins, except for their own account.';

revoke all on function public.set_affiliate_payout_state(uuid, text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.set_affiliate_payout_state(uuid, text, text, text) to authenticated, service_role;
