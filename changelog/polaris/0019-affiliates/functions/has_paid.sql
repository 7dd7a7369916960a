create or replace function private.has_paid(p_user uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.entitlements as e
        where e.user_id = p_user
            and e.source in ('paymongo', 'paypal')
    );
end
$$;

comment on function private.has_paid(uuid) is
    'Whether a user has ever paid, even if the payment was refunded. Internal: no API role may execute it.';

revoke all on function private.has_paid(uuid) from public;
