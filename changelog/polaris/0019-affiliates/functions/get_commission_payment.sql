create or replace function private.get_commission_payment(p_commission uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select c.provider || ' ' || c.payment_ref
        from public.affiliate_commissions as c
        where c.id = p_commission
            and private.is_staff()
    );
end
$$;

comment on function private.get_commission_payment(uuid) is
    'Provider and payment id of a commission, for admins and the service; null for other callers.';

revoke all on function private.get_commission_payment(uuid) from public;
grant execute on function private.get_commission_payment(uuid) to authenticated, service_role;
