create or replace function private.adaptive_next_drill(p_user uuid, p_coach_key text, p_topic text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    skill public.adaptive_user_skill;
    serving public.adaptive_history;
    next_drill uuid;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
        raise exception 'only the user or the service may request a drill'
            using errcode = 'insufficient_privilege';
    end if;
    -- Store a level only for topics that have drills.
    if not exists (select from public.profiles as p where p.id = p_user)
        or not exists (select from public.coaches as c where c.key = p_coach_key and c.is_active)
        or not exists (
            select
            from public.adaptive_item_calibration as c
            where c.active
                and c.coach_key = p_coach_key
                and c.topic = p_topic
        )
    then
        raise exception 'no drills on % with coach %', p_topic, p_coach_key
            using errcode = 'no_data_found';
    end if;
    -- Concurrent calls for the same level wait here.
    insert into public.adaptive_user_skill (user_id, coach_key, topic)
    values (p_user, p_coach_key, p_topic)
    on conflict (user_id, coach_key, topic) do nothing;
    select *
    into skill
    from public.adaptive_user_skill as k
    where k.user_id = p_user
        and k.coach_key = p_coach_key
        and k.topic = p_topic
    for update;

    select h.*
    into serving
    from public.adaptive_history as h
    where h.user_id = p_user
        and h.coach_key = p_coach_key
        and h.topic = p_topic
        and h.status = 'served';
    if serving.served_at > now() - interval '1 hour'
        and exists (
            select
            from public.drills as d
            where d.id = serving.drill_id
                and d.state in ('approved', 'published')
                and d.is_public
                and (not d.gating or private.get_tier(p_user) in ('pro', 'vip'))
        )
    then
        return serving.drill_id;
    end if;
    update public.adaptive_history as h
    set status = 'lapsed'
    where h.id = serving.id;

    loop
        next_drill := private.find_nearest_drill(p_user, p_coach_key, p_topic, skill.level_score);
        exit when next_drill is null;
        update public.adaptive_item_calibration as c
        set exposures = c.exposures + 1
        where c.drill_id = next_drill
            and c.topic = p_topic
            and c.exposures < c.exposure_cap;
        -- Not found: a concurrent call used the last exposure.
        if found then
            insert into public.adaptive_history (user_id, drill_id, coach_key, topic)
            values (p_user, next_drill, p_coach_key, p_topic);
            exit;
        end if;
    end loop;
    return next_drill;
end
$$;

comment on function private.adaptive_next_drill(uuid, text, text) is
    'Serve p_user, who must be the caller unless the service calls, the drill nearest to the user''s level; the same drill for an hour until it is answered. Null if none is left.';

revoke all on function private.adaptive_next_drill(uuid, text, text) from public;
grant execute on function private.adaptive_next_drill(uuid, text, text) to authenticated, service_role;

create or replace function public.adaptive_next_drill(p_user_id uuid, p_coach_key text, p_topic text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.adaptive_next_drill(p_user_id, p_coach_key, p_topic);

comment on function public.adaptive_next_drill(uuid, text, text) is
    'Return the next drill of a user in a topic; null if every suitable drill was served within 7 days. For users (p_user_id is the caller) and the service.';

revoke all on function public.adaptive_next_drill(uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function public.adaptive_next_drill(uuid, text, text) to authenticated, service_role;
