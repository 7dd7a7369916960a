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
    'Whether a booked payment still lacks a user or a plan. Internal: no API role may execute it.';

revoke all on function private.is_payment_waiting(text, text) from public;
