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
        raise exception 'a newcomer says who brought them, or the service'
            using errcode = 'insufficient_privilege';
    end if;
    -- A first payment of the same moment waits here, or this waits for it.
    select *
    into newcomer
    from public.profiles as p
    where p.id = p_user
    for no key update;
    if not found then
        raise exception 'no profile %', p_user
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
    -- Whose account is being deleted at this moment is waited for.
    for key share of a;
    if not found then
        raise exception 'no link of this click or code'
            using errcode = 'no_data_found';
    end if;
    if exists (select from public.affiliate_referrals as r where r.user_id = p_user) then
        return exists (select from public.affiliate_referrals as r where r.user_id = p_user and r.affiliate_id = via.affiliate_id);
    end if;
    if via.user_id = p_user then
        raise exception 'nobody brings themselves'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if private.has_paid(p_user) then
        raise exception 'who has paid already was not brought'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if newcomer.created_at < via.since or via.clicked_at < via.since then
        raise exception 'the visit or the sign-up is too long ago'
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
    'Attaches a person to the affiliate of a click, else of a code; true where it is that one''s referral now, false where another was first. About oneself, or by the service.';

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
    'Says who brought the caller: true where it counts, false where another was first. By the service for anyone.';

revoke all on function public.attach_affiliate_referral(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.attach_affiliate_referral(uuid, uuid, text) to authenticated, service_role;
