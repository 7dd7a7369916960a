create or replace function private.count_realtime_minutes()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    minutes integer;
begin
    if new.status = 'completed' then
        minutes := ceil(new.duration_sec / 60.0);
    else
        -- An aborted session counts for as long as its tokens let the learner speak.
        select ceil(extract(epoch from least(new.ended_at, max(t.expires_at)) - min(t.issued_at)) / 60)
        into minutes
        from public.realtime_tokens as t
        where t.session_id = new.id;
    end if;
    if minutes > 0 then
        insert into public.limit_usage as u (user_id, key, window_start, used)
        select new.user_id, c.key, private.compute_limit_window_start(c.window_kind, new.ended_at), minutes
        from public.limits_catalog as c
        where c.key = 'realtime_minutes_daily'
            and c.window_kind <> 'none'
        on conflict (user_id, key, window_start) do update
        set used = u.used + excluded.used;
    end if;
    return null;
end
$$;

comment on function private.count_realtime_minutes() is
    'Trigger: add the minutes of an ended session to the usage of realtime_minutes_daily, also above the limit.';

revoke all on function private.count_realtime_minutes() from public;
