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
    'Sets an affiliate''s own terms, for payments and clicks to come; null for the program''s. For admins, not about themselves, and the service.';

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
    'Sets an affiliate''s own terms; null for the program''s. For admins and the service.';

revoke all on function public.set_affiliate_terms(uuid, integer, integer) from public, anon, authenticated, service_role;
grant execute on function public.set_affiliate_terms(uuid, integer, integer) to authenticated, service_role;
