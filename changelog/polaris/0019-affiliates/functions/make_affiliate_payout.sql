create or replace function private.make_affiliate_payout(p_affiliate uuid, p_currency_code text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    payout uuid;
begin
    perform private.lock_affiliate_for_decision(p_affiliate);
    payout := private.take_affiliate_payout(p_affiliate, p_currency_code);
    if payout is null then
        raise exception 'there is nothing to pay out'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'The affiliate is not active, has no payout method or changed it recently, or the commissions that are not on hold are below the minimum.';
    end if;
    return payout;
end
$$;

comment on function private.make_affiliate_payout(uuid, text) is
    'Schedule a payout of all due commissions in a currency, or return the unfinished payout. For the service and for admins, except for their own account.';

revoke all on function private.make_affiliate_payout(uuid, text) from public;
grant execute on function private.make_affiliate_payout(uuid, text) to authenticated, service_role;

create or replace function public.make_affiliate_payout(p_affiliate uuid, p_currency_code text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.make_affiliate_payout(p_affiliate, p_currency_code);

comment on function public.make_affiliate_payout(uuid, text) is
    'Schedule a payout of all due commissions in a currency, or return the unfinished payout. For the service and for admins, except for their own account.';

revoke all on function public.make_affiliate_payout(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.make_affiliate_payout(uuid, text) to authenticated, service_role;
