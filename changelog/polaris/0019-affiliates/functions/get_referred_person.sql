create or replace function private.get_referred_person(p_referral uuid)
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select r.user_id
        from public.affiliate_referrals as r
        where r.id = p_referral
            and private.is_staff()
    );
end
$$;

comment on function private.get_referred_person(uuid) is 'Account of the referred user, for admins and the service; null for other callers.';

revoke all on function private.get_referred_person(uuid) from public;
grant execute on function private.get_referred_person(uuid) to authenticated, service_role;
