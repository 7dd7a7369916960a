create or replace function private.add_usage(p_user uuid, p_at timestamptz, p_minutes integer, p_drills integer, p_expressions integer)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.daily_usage as u (user_id, d, minutes_used, drills_done, expressions_saved)
    values (p_user, (p_at at time zone 'Asia/Manila')::date, p_minutes, p_drills, p_expressions)
    on conflict (user_id, d) do update
    set minutes_used = u.minutes_used + excluded.minutes_used,
        drills_done = u.drills_done + excluded.drills_done,
        expressions_saved = u.expressions_saved + excluded.expressions_saved
$$;

comment on function private.add_usage(uuid, timestamptz, integer, integer, integer) is
    'Add to the usage of a user on a day in Manila. Internal: no role may execute it directly.';

revoke all on function private.add_usage(uuid, timestamptz, integer, integer, integer) from public;
