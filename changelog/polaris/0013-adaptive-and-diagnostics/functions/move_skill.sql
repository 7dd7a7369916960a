create or replace function private.move_skill(p_user uuid, p_coach_key text, p_topic text, p_shown numeric, p_rate numeric, p_confidence numeric)
returns public.adaptive_user_skill
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.adaptive_user_skill as k (user_id, coach_key, topic, level_score, confidence)
    values (p_user, p_coach_key, p_topic, p_rate * p_shown, p_confidence)
    on conflict (user_id, coach_key, topic) do update
    set level_score = k.level_score + p_rate * (p_shown - k.level_score),
        confidence = greatest(k.confidence, excluded.confidence)
    returning k.*
$$;

comment on function private.move_skill(uuid, text, text, numeric, numeric, numeric) is
    'Move a user''s level by p_rate of the distance to p_shown; a new level starts from 0. Confidence never decreases. Internal: no role may execute it directly.';

revoke all on function private.move_skill(uuid, text, text, numeric, numeric, numeric) from public;
