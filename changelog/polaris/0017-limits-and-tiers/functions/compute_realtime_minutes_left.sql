create or replace function private.compute_realtime_minutes_left(p_user uuid)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
    select greatest(
        0,
        private.compute_effective_limit(p_user, 'realtime_minutes_daily') - private.compute_limit_usage(p_user, 'realtime_minutes_daily', now())
    )
$$;
