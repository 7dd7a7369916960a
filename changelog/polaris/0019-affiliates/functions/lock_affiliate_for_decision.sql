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
        raise exception 'only an admin decides about affiliates'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into affiliate
    from public.affiliates as a
    where a.id = p_affiliate
    for no key update;
    if not found then
        raise exception 'no affiliate %', p_affiliate
            using errcode = 'no_data_found';
    end if;
    if affiliate.user_id = (select auth.uid()) then
        raise exception 'nobody decides about themselves'
            using
                errcode = 'insufficient_privilege',
                hint = 'Ask another admin.';
    end if;
    return affiliate;
end
$$;

comment on function private.lock_affiliate_for_decision(uuid) is
    'Locks an affiliate for an admin or the service. Called by definers only; nobody else may execute it.';

revoke all on function private.lock_affiliate_for_decision(uuid) from public;
