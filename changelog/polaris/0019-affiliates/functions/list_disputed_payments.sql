create or replace function private.list_disputed_payments()
returns table (provider text, payment_ref text)
language sql
stable
security definer
set search_path = ''
as $$
    select null::text, null::text
    where false
$$;

comment on function private.list_disputed_payments() is
    'Payments with an open dispute. Internal: no API role may execute it.';

revoke all on function private.list_disputed_payments() from public;
