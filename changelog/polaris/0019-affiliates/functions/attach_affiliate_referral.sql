create or replace function private.attach_affiliate_referral(p_user uuid, p_click uuid, p_code text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    newcomer public.profiles;
    via record;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
        raise exception 'only the referred user or the service may attach a referral'
            using errcode = 'insufficient_privilege';
    end if;
    -- Lock the profile, so that this call and a first payment of the user run one after the other.
    select *
    into newcomer
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if not found then
        raise exception 'profile % does not exist', p_user
            using errcode = 'no_data_found';
    end if;
    select
        l.id as link_id, l.code, a.id as affiliate_id, a.user_id, k.id as click_id, k.clicked_at,
        now() - coalesce(a.cookie_days, p.cookie_days) * interval '1 day' as since
    into via
    from public.affiliate_links as l
    join public.affiliates as a on a.id = l.affiliate_id
    join public.affiliate_programs as p on p.id = a.program_id
    left join public.affiliate_clicks as k on k.id = p_click and k.link_id = l.id
    where l.id = coalesce(
            (select c.link_id from public.affiliate_clicks as c where c.id = p_click),
            (select c.id from public.affiliate_links as c where c.code = lower(p_code))
        )
        and a.status = 'active'
        and p.is_active
    -- Waits for a concurrent deletion of the affiliate's account.
    for key share of a;
    if not found then
        raise exception 'no active affiliate has this click or code'
            using errcode = 'no_data_found';
    end if;
    if exists (select from public.affiliate_referrals as r where r.user_id = p_user) then
        return exists (select from public.affiliate_referrals as r where r.user_id = p_user and r.affiliate_id = via.affiliate_id);
    end if;
    if via.user_id = p_user
        or private.hash_email(newcomer.email) = (select private.hash_email(p.email) from public.profiles as p where p.id = via.user_id)
    then
        raise exception 'affiliates cannot refer themselves'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (select from private.former_accounts as f where f.email_hash = private.hash_email(newcomer.email)) then
        raise exception 'the user had an account before'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (select from public.affiliates as a where a.user_id = p_user) then
        -- One at a time, so that two affiliates cannot refer each other at once.
        perform pg_advisory_xact_lock(hashtextextended('polaris.referrals', 0));
        if exists (
            with recursive above as (
                select r.affiliate_user_id
                from public.affiliate_referrals as r
                where r.user_id = via.user_id
                union
                select r.affiliate_user_id
                from above
                join public.affiliate_referrals as r on r.user_id = above.affiliate_user_id
            )
            select
            from above
            where above.affiliate_user_id = p_user
        ) then
            raise exception 'the user referred this affiliate'
                using errcode = 'object_not_in_prerequisite_state';
        end if;
    end if;
    if private.has_paid(p_user) then
        raise exception 'the user has already paid'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if newcomer.created_at < via.since or via.clicked_at < via.since then
        raise exception 'the click or the sign-up is too long ago'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    insert into public.affiliate_referrals (affiliate_id, affiliate_user_id, user_id, link_id, click_id)
    values (via.affiliate_id, via.user_id, p_user, via.link_id, via.click_id);
    update public.profiles as p
    set referral_code = via.code
    where p.id = p_user;
    return true;
end
$$;

comment on function private.attach_affiliate_referral(uuid, uuid, text) is
    'Attach a user to the affiliate of a click, else of a code; true if that affiliate now has the referral, false if another affiliate was first. For the user and the service.';

revoke all on function private.attach_affiliate_referral(uuid, uuid, text) from public;
grant execute on function private.attach_affiliate_referral(uuid, uuid, text) to authenticated, service_role;

create or replace function public.attach_affiliate_referral(p_user uuid, p_click uuid default null, p_code text default null)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.attach_affiliate_referral(p_user, p_click, p_code);

comment on function public.attach_affiliate_referral(uuid, uuid, text) is
    'Attach the caller to the affiliate of a click or code; true if the referral counts, false if another affiliate was first. The service may attach any user.';

revoke all on function public.attach_affiliate_referral(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.attach_affiliate_referral(uuid, uuid, text) to authenticated, service_role;
