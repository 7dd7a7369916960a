create or replace function private.set_affiliate_terms(p_affiliate uuid, p_rate_bps integer, p_cookie_days integer)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.lock_affiliate_for_decision(p_affiliate);
    update public.affiliates as a
    set rate_bps = p_rate_bps,
        cookie_days = p_cookie_days
    where a.id = p_affiliate;
end
$$;

comment on function private.set_affiliate_terms(uuid, integer, integer) is
    'Set commission rate and cookie days of one affiliate for later payments and referrals; null restores those of the program. For the service and for admins, except for their own account.';

revoke all on function private.set_affiliate_terms(uuid, integer, integer) from public;
grant execute on function private.set_affiliate_terms(uuid, integer, integer) to authenticated, service_role;

create or replace function public.set_affiliate_terms(p_affiliate uuid, p_rate_bps integer, p_cookie_days integer)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_affiliate_terms(p_affiliate, p_rate_bps, p_cookie_days);

comment on function public.set_affiliate_terms(uuid, integer, integer) is
    'Set commission rate and cookie days of one affiliate; null restores those of the program. For the service and for admins, except for their own account.';

revoke all on function public.set_affiliate_terms(uuid, integer, integer) from public, anon, authenticated, service_role;
grant execute on function public.set_affiliate_terms(uuid, integer, integer) to authenticated, service_role;
