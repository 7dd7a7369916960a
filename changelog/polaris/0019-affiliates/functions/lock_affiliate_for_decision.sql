create or replace function private.lock_affiliate_for_decision(p_affiliate uuid)
returns public.affiliates
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    affiliate public.affiliates;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may manage affiliates'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into affiliate
    from public.affiliates as a
    where a.id = p_affiliate
    for no key update;
    if not found then
        raise exception 'affiliate % does not exist', p_affiliate
            using errcode = 'no_data_found';
    end if;
    if affiliate.user_id = (select auth.uid()) then
        raise exception 'admins cannot manage their own affiliate account'
            using
                errcode = 'insufficient_privilege',
                hint = 'Ask another admin.';
    end if;
    return affiliate;
end
$$;

comment on function private.lock_affiliate_for_decision(uuid) is
    'Lock an affiliate for a decision by an admin or the service; reject other callers, and decisions about the caller''s own account. Internal: no API role may execute it.';

revoke all on function private.lock_affiliate_for_decision(uuid) from public;
