create or replace function private.settle_tiers(p_limit integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    settled integer;
    people uuid[];
begin
    -- With skip locked, concurrent calls settle different rows; a row locked by a change is settled by that change.
    with due as (
        select e.id
        from public.entitlements as e
        where e.tier_due_at <= now()
        order by e.tier_due_at
        limit greatest(1, least(p_limit, 10000))
        for no key update skip locked
    ),
    passed as (
        -- The guard trigger sets tier_due_at to the next time at which the tier may change.
        update public.entitlements as e
        set tier_due_at = null
        from due
        where e.id = due.id
        returning e.user_id
    )
    select count(*), array_agg(distinct p.user_id)
    into settled, people
    from passed as p;

    perform
    from public.profiles as p
    where p.id = any (people)
    order by p.id
    for no key update;
    with plans as materialized (
        select p.id, private.get_tier_at(p.id, clock_timestamp()) as tier
        from public.profiles as p
        where p.id = any (people)
    )
    update public.profiles as p
    set tier = plans.tier
    from plans
    where p.id = plans.id
        and p.tier <> plans.tier;
    return settled;
end
$$;

comment on function private.settle_tiers(integer) is
    'Update profiles.tier for up to p_limit entitlements that began or ended since the last call; return their number. For the service.';

revoke all on function private.settle_tiers(integer) from public;
grant execute on function private.settle_tiers(integer) to service_role;

create or replace function public.settle_tiers(p_limit integer default 1000)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.settle_tiers(p_limit);

comment on function public.settle_tiers(integer) is
    'Update profiles.tier for entitlements that began or ended; a job calls it every few minutes. Returns their number; call again while it equals p_limit. For the service.';

revoke all on function public.settle_tiers(integer) from public, anon, authenticated, service_role;
grant execute on function public.settle_tiers(integer) to service_role;
