create or replace function private.revoke_entitlement(p_entitlement uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may revoke entitlements'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(p_reason, '') = '' then
        raise exception 'p_reason is required'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.entitlements as e
    set revoked_at = coalesce(e.revoked_at, now()),
        -- A second call keeps the reason of the first, which is in entitlement_history.
        reason = case when e.revoked_at is null then p_reason else e.reason end
    where e.id = p_entitlement
        and e.source in ('admin', 'promo', 'recon');
    if not found then
        raise exception 'entitlement % does not exist or was paid for', p_entitlement
            using
                errcode = 'no_data_found',
                hint = 'Paid entitlements follow the ledger: refund the payment at the provider.';
    end if;
end
$$;

comment on function private.revoke_entitlement(uuid, text) is
    'Revoke an entitlement that was granted without a payment. For admins and the service.';

revoke all on function private.revoke_entitlement(uuid, text) from public;
grant execute on function private.revoke_entitlement(uuid, text) to authenticated, service_role;

create or replace function public.revoke_entitlement(p_entitlement uuid, p_reason text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.revoke_entitlement(p_entitlement, p_reason);

comment on function public.revoke_entitlement(uuid, text) is
    'Revoke an entitlement that was granted without a payment. For admins and the service.';

revoke all on function public.revoke_entitlement(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.revoke_entitlement(uuid, text) to authenticated, service_role;
