create or replace function private.realtime_minutes_left(p_user uuid)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
    select greatest(
        0,
        private.effective_limit(p_user, 'realtime_minutes_daily') - private.limit_used(p_user, 'realtime_minutes_daily', now())
    )
$$;
