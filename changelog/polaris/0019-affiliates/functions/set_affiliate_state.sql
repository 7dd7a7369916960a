create or replace function private.set_affiliate_state(p_affiliate uuid, p_status text, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    affiliate public.affiliates := private.lock_affiliate_for_decision(p_affiliate);
begin
    if p_status = 'blocked' and coalesce(btrim(p_reason), '') = '' then
        raise exception 'blocking an affiliate requires p_reason'
            using errcode = 'invalid_parameter_value';
    end if;
    if affiliate.user_id is null then
        raise exception 'the account of this affiliate is deleted'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    update public.affiliates as a
    set status = p_status,
        status_reason = p_reason
    where a.id = p_affiliate
        and a.status is distinct from p_status;
end
$$;

comment on function private.set_affiliate_state(uuid, text, text) is
    'Set an affiliate to active or blocked. For the service and for admins, except for their own account.';

revoke all on function private.set_affiliate_state(uuid, text, text) from public;
grant execute on function private.set_affiliate_state(uuid, text, text) to authenticated, service_role;

create or replace function public.set_affiliate_state(p_affiliate uuid, p_status text, p_reason text default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_affiliate_state(p_affiliate, p_status, p_reason);

comment on function public.set_affiliate_state(uuid, text, text) is
    'Set an affiliate to active or blocked; a blocked affiliate earns nothing from then on. For the service and for admins, except for their own account.';

revoke all on function public.set_affiliate_state(uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.set_affiliate_state(uuid, text, text) to authenticated, service_role;
