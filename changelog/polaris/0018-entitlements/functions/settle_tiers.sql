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
    -- Whoever settles at the same time takes others; a period that is being changed is settled by that change.
    with due as (
        select e.id
        from public.entitlements as e
        where e.tier_due_at <= now()
        order by e.tier_due_at
        limit greatest(1, least(p_limit, 10000))
        for no key update skip locked
    ),
    passed as (
        -- To whatever comes next, which the guard says.
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
    'Settles up to p_limit periods that began or ended by themselves: writes the tier of their people. How many it were.';

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
    'For a job, every few minutes: settles periods that began or ended by themselves; how many. Again while it is p_limit.';

revoke all on function public.settle_tiers(integer) from public, anon, authenticated, service_role;
grant execute on function public.settle_tiers(integer) to service_role;
