create or replace function private.disqualify_affiliate_referral(p_referral uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only an admin disqualifies'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_reason), '') = '' then
        raise exception 'a referral is disqualified with a reason'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.affiliate_referrals as r
    set status = 'disqualified',
        status_reason = left(p_reason, 1000),
        disqualified_at = now()
    where r.id = p_referral
        and r.status <> 'disqualified';
    if not found and not exists (select from public.affiliate_referrals as r where r.id = p_referral) then
        raise exception 'no referral %', p_referral
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.disqualify_affiliate_referral(uuid, text) is
    'Lets payments to come earn nothing; what was earned stays. For admins and the service.';

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
    'Lets payments to come of that person earn nothing; what was earned stays. For admins and the service.';

revoke all on function public.disqualify_affiliate_referral(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.disqualify_affiliate_referral(uuid, text) to authenticated, service_role;
