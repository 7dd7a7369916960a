create or replace function private.compute_realtime_minutes_left(p_user uuid)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
    select greatest(
        0,
        case private.get_tier(p_user) when 'free' then 10 else 30 end - coalesce(
            (
                select u.minutes_used
                from public.daily_usage as u
                where u.user_id = p_user
                    and u.d = (now() at time zone 'Asia/Manila')::date
            ),
            0
        )
    )
$$;

comment on function private.compute_realtime_minutes_left(uuid) is
    'Minutes of realtime practice that a user has left today in Manila. Internal: no API role may execute it.';

revoke all on function private.compute_realtime_minutes_left(uuid) from public;
