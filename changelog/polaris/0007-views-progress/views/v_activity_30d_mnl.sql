create or replace view public.v_activity_30d_mnl
with (security_invoker = true)
as
    select p.id as user_id, day.d,
        coalesce(u.minutes_used, 0) as minutes_used,
        coalesce(u.drills_done, 0) as drills_done,
        coalesce(u.expressions_saved, 0) as expressions_saved
    from public.profiles as p
    cross join lateral (
        select (now() at time zone 'Asia/Manila')::date - ago as d
        from generate_series(0, 29) as ago
    ) as day
    left join public.daily_usage as u
        on u.user_id = p.id
        and u.d = day.d;

comment on view public.v_activity_30d_mnl is
    'Usage per day for the last 30 days in Manila time; days without practice are zero. Learners see their own rows, admins all.';

revoke all on table public.v_activity_30d_mnl from public, anon, authenticated, service_role;
grant select on table public.v_activity_30d_mnl to authenticated, service_role;
