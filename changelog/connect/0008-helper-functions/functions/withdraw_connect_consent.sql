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
    'Security definer implementation of public.withdraw_connect_consent; acts only for the caller.';

create or replace function public.withdraw_connect_consent()
returns void
language sql
volatile
security invoker
set search_path = ''
return private.withdraw_connect_consent();

comment on function public.withdraw_connect_consent() is
    'Withdraw the caller''s consent, take the profile out of matching and close all open matches and chats; for users.';

revoke all on function private.withdraw_connect_consent(), public.withdraw_connect_consent()
    from public, anon, authenticated, service_role;
