create or replace function private.record_adaptive_outcome(
    p_user uuid,
    p_drill_id uuid,
    p_topic text,
    p_outcome_score numeric,
    p_duration_sec integer,
    p_notes text
)
returns public.adaptive_user_skill
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    serving public.adaptive_history;
    skill public.adaptive_user_skill;
    target numeric;
    weight numeric;
    shown numeric;
    level_before numeric;
begin
    if not private.is_service() then
        raise exception 'only the service may record outcomes'
            using errcode = 'insufficient_privilege';
    end if;
    if p_outcome_score is null or p_outcome_score not between 0 and 100 then
        raise exception 'p_outcome_score must be from 0 to 100'
            using errcode = 'invalid_parameter_value';
    end if;
    -- Lock the level before the serving, in the same order as adaptive_next_drill.
    select k.*
    into skill
    from public.adaptive_user_skill as k
    where k.user_id = p_user
        and k.topic = p_topic
        and k.coach_key = (
            select h.coach_key
            from public.adaptive_history as h
            where h.user_id = p_user
                and h.drill_id = p_drill_id
                and h.topic = p_topic
            order by h.served_at desc
            limit 1
        )
    for update;
    select h.*
    into serving
    from public.adaptive_history as h
    where h.user_id = p_user
        and h.drill_id = p_drill_id
        and h.topic = p_topic
        and h.coach_key = skill.coach_key
    order by h.served_at desc
    limit 1;
    if serving.id is null then
        raise exception 'drill % was not served to this learner for %', p_drill_id, p_topic
            using errcode = 'no_data_found';
    end if;
    if serving.status = 'answered' then
        return skill;
    end if;

    select c.target_level, c.discriminant
    into target, weight
    from public.adaptive_item_calibration as c
    where c.drill_id = p_drill_id
        and c.topic = p_topic;
    level_before := skill.level_score;
    target := coalesce(target, level_before);
    -- A score of 50 shows the level of the drill; a higher score shows a higher level, a lower score a lower one.
    shown := least(1, greatest(0, target + p_outcome_score / 100 - 0.5));
    skill := private.move_skill(
        p_user, skill.coach_key, p_topic, shown,
        -- The higher the confidence, the less one outcome moves the level, but at least by a tenth of the weight.
        coalesce(weight, 0.5) * greatest(0.1, 1 - skill.confidence),
        least(0.95, skill.confidence + (1 - skill.confidence) * 0.1)
    );
    update public.adaptive_user_skill as k
    set exposures = k.exposures + 1,
        last_mastered = case when p_outcome_score >= 80 and target >= level_before then now() else k.last_mastered end
    where k.user_id = p_user
        and k.coach_key = skill.coach_key
        and k.topic = p_topic
    returning * into skill;
    update public.adaptive_history as h
    set status = 'answered',
        outcome_score = p_outcome_score,
        answered_at = greatest(now(), h.served_at),
        duration_sec = p_duration_sec,
        level_after = skill.level_score,
        notes = p_notes
    where h.id = serving.id;
    return skill;
end
$$;

comment on function private.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) is
    'Record the outcome of the latest serving of a drill and return the learner''s new level; repeating the call changes nothing.';

revoke all on function private.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) from public;
grant execute on function private.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) to service_role;

create or replace function public.record_adaptive_outcome(
    p_user uuid,
    p_drill_id uuid,
    p_topic text,
    p_outcome_score numeric,
    p_duration_sec integer default null,
    p_notes text default null
)
returns public.adaptive_user_skill
language sql
volatile
security invoker
set search_path = ''
return private.record_adaptive_outcome(p_user, p_drill_id, p_topic, p_outcome_score, p_duration_sec, p_notes);

comment on function public.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) is
    'Record the outcome (0 to 100) of a served drill, update the learner''s level and return it. For the service.';

revoke all on function public.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) from public, anon, authenticated, service_role;
grant execute on function public.record_adaptive_outcome(uuid, uuid, text, numeric, integer, text) to service_role;
