create or replace function private.withdraw_connect_consent()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.connect_profiles as p
    set consented_at = null,
        is_active = false
    where p.user_id = auth.uid();
end
$$;

comment on function private.withdraw_connect_consent() is
    'What public.withdraw_connect_consent does, with the rights it needs; it checks who calls.';

create or replace function public.withdraw_connect_consent()
returns void
language sql
volatile
security invoker
set search_path = ''
return private.withdraw_connect_consent();

comment on function public.withdraw_connect_consent() is
    'Takes the consent of the account that calls back, and its profile out of matching.';

revoke all on function private.withdraw_connect_consent(), public.withdraw_connect_consent()
    from public, anon, authenticated, service_role;
