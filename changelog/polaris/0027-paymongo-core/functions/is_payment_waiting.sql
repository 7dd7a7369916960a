create or replace function private.is_payment_waiting(p_provider text, p_payment_ref text)
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select exists (
        select
        from public.payments as p
        where p.provider = p_provider
            and p.payment_ref = p_payment_ref
            and (p.claimed_at is null or p.plan_code is null)
    )
$$;

comment on function private.is_payment_waiting(text, text) is
    'Whether a payment is booked that has no person or no plan yet. Called by definers only; nobody else may execute it.';

revoke all on function private.is_payment_waiting(text, text) from public;
