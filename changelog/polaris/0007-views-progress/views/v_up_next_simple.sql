create or replace view public.v_up_next_simple
with (security_invoker = true)
as
    select p.id as user_id, n.id as drill_id, n.coach_key, n.type, n.title, n.tags, n.difficulty, n.time_estimate_minutes, n.distance
    from public.profiles as p
    cross join lateral (
        select d.id, d.coach_key, d.type, d.title, d.tags, d.difficulty, d.time_estimate_minutes,
            abs(coalesce(d.difficulty, 5) - coalesce(p.preferred_difficulty, 1)) as distance
        from public.drills as d
        where d.coach_key = p.active_coach_key
            and d.is_public
            and d.state in ('approved', 'published')
            and (not d.gating or p.tier in ('pro', 'vip'))
            and not exists (
                select
                from public.sessions as s
                where s.user_id = p.id
                    and s.drill_id = d.id
                    and s.status = 'completed'
            )
        order by distance, d.difficulty, d.id
        limit 50
    ) as n
    order by n.distance, n.difficulty, n.id;

comment on view public.v_up_next_simple is
    'Up to 50 drills of the learner''s coach that the learner may see and has not completed, nearest to the preferred difficulty first; without a preference the easiest first. Admins and the service filter by user_id. No rows before a coach is chosen.';

revoke all on table public.v_up_next_simple from public, anon, authenticated, service_role;
grant select on table public.v_up_next_simple to authenticated, service_role;
