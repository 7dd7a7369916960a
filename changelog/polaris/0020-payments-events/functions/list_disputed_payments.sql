create or replace function private.list_disputed_payments()
returns table (provider text, payment_ref text)
language sql
stable
security definer
set search_path = ''
as $$
    select p.provider, p.payment_ref
    from public.payments as p
    where p.disputed_minor > 0
$$;
