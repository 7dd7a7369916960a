create or replace function private.claim_payment(p_payment uuid, p_user uuid, p_plan text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may assign payments'
            using errcode = 'insufficient_privilege';
    end if;
    update public.payments as p
    set user_id = p_user,
        claimed_at = coalesce(p.claimed_at, now()),
        plan_code = coalesce(p.plan_code, p_plan)
    where p.id = p_payment
        and p_user is not null
        and (p.claimed_at is null or p.plan_code is null and p.user_id = p_user);
    if not found then
        raise exception 'payment % does not exist or cannot be assigned to this user', p_payment
            using errcode = 'no_data_found';
    end if;
    perform private.settle_payment(p_payment);
end
$$;

comment on function private.claim_payment(uuid, uuid, text) is
    'Assign a user and plan to a payment whose events name none, and grant what was paid for. For admins and the service.';

revoke all on function private.claim_payment(uuid, uuid, text) from public;
grant execute on function private.claim_payment(uuid, uuid, text) to authenticated, service_role;

create or replace function public.claim_payment(p_payment uuid, p_user uuid, p_plan text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.claim_payment(p_payment, p_user, p_plan);

comment on function public.claim_payment(uuid, uuid, text) is
    'Assign a user and plan to a payment whose events name none, and grant what was paid for. For admins and the service.';

revoke all on function public.claim_payment(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.claim_payment(uuid, uuid, text) to authenticated, service_role;
