create or replace function private.find_nearest_drill(p_user uuid, p_coach_key text, p_topic text, p_level numeric)
returns uuid
language sql
stable
security invoker
set search_path = ''
as $$
    -- Search from the level up and down, each along the index to the first match; of two equally near drills choose the harder one.
    with fits as (
        (
            select c.drill_id, c.target_level
            from public.adaptive_item_calibration as c
            join public.drills as d on d.id = c.drill_id
            where c.active
                and c.coach_key = p_coach_key
                and c.topic = p_topic
                and c.target_level >= p_level
                and c.exposures < c.exposure_cap
                and d.coach_key = p_coach_key
                and d.state in ('approved', 'published')
                and d.is_public
                and (not d.gating or (select private.get_tier(p_user)) in ('pro', 'vip'))
                and not exists (
                    select
                    from public.adaptive_history as h
                    where h.user_id = p_user
                        and h.drill_id = c.drill_id
                        and h.served_at > now() - interval '7 days'
                )
            order by c.target_level, c.drill_id
            limit 1
        )
        union all
        (
            select c.drill_id, c.target_level
            from public.adaptive_item_calibration as c
            join public.drills as d on d.id = c.drill_id
            where c.active
                and c.coach_key = p_coach_key
                and c.topic = p_topic
                and c.target_level < p_level
                and c.exposures < c.exposure_cap
                and d.coach_key = p_coach_key
                and d.state in ('approved', 'published')
                and d.is_public
                and (not d.gating or (select private.get_tier(p_user)) in ('pro', 'vip'))
                and not exists (
                    select
                    from public.adaptive_history as h
                    where h.user_id = p_user
                        and h.drill_id = c.drill_id
                        and h.served_at > now() - interval '7 days'
                )
            order by c.target_level desc, c.drill_id desc
            limit 1
        )
    )
    select f.drill_id
    from fits as f
    order by abs(f.target_level - p_level), f.target_level desc
    limit 1
$$;

comment on function private.find_nearest_drill(uuid, text, text, numeric) is
    'The calibrated drill nearest to p_level that is available in the learner''s tier, under its exposure cap, and not served to the learner within 7 days; null if none. Internal: no role may execute it directly.';

revoke all on function private.find_nearest_drill(uuid, text, text, numeric) from public;
