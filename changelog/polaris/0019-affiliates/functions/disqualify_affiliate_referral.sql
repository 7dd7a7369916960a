create or replace function private.disqualify_affiliate_referral(p_referral uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may disqualify referrals'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_reason), '') = '' then
        raise exception 'p_reason is required'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.affiliate_referrals as r
    set status = 'disqualified',
        status_reason = left(p_reason, 1000),
        disqualified_at = now()
    where r.id = p_referral
        and r.status <> 'disqualified';
    if not found and not exists (select from public.affiliate_referrals as r where r.id = p_referral) then
        raise exception 'referral % does not exist', p_referral
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.disqualify_affiliate_referral(uuid, text) is
    'Disqualify a referral: later payments of the user earn nothing, earned commissions stay. For admins and the service.';

revoke all on function private.disqualify_affiliate_referral(uuid, text) from public;
grant execute on function private.disqualify_affiliate_referral(uuid, text) to authenticated, service_role;

create or replace function public.disqualify_affiliate_referral(p_referral uuid, p_reason text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.disqualify_affiliate_referral(p_referral, p_reason);

comment on function public.disqualify_affiliate_referral(uuid, text) is
    'Disqualify a referral: later payments of the user earn nothing, earned commissions stay. For admins and the service.';

revoke all on function public.disqualify_affiliate_referral(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.disqualify_affiliate_referral(uuid, text) to authenticated, service_role;
