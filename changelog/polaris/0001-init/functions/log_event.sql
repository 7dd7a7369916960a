create or replace function private.log_event(
    p_name text,
    p_user uuid,
    p_metadata jsonb default '{}',
    p_coach_key text default null,
    p_topic text default null,
    p_difficulty smallint default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.events (name, user_id, coach_key, topic, difficulty, tier, country_code, metadata)
    select p_name, p.id, coalesce(p_coach_key, p.active_coach_key), p_topic, p_difficulty, p.tier, p.country_code, coalesce(p_metadata, '{}')
    from (select p_user as id) as u
    left join public.profiles as p using (id)
    returning id
$$;

comment on function private.log_event(text, uuid, jsonb, text, text, smallint) is
    'Insert an event for a user, or without a user. Internal: no role may execute it directly.';

revoke all on function private.log_event(text, uuid, jsonb, text, text, smallint) from public;
