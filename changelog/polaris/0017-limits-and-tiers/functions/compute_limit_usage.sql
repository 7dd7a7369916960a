create or replace function private.compute_limit_usage(p_user uuid, p_key text, p_at timestamptz)
returns numeric
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select coalesce(sum(u.used), 0)
        from public.limits_catalog as c
        join public.limit_usage as u
            on u.user_id = p_user
            and u.key = c.key
            and u.window_start <= private.compute_limit_window_start(c.window_kind, p_at)
            and (
                c.window_kind = 'lifetime'
                or u.window_start > private.compute_limit_window_start(c.window_kind, p_at) - coalesce(c.rolling_days, 1)
            )
        where c.key = p_key
    );
end
$$;

comment on function private.compute_limit_usage(uuid, text, timestamptz) is
    'Amount of p_key that a user has used in the window that contains p_at. Internal: no API role may execute it.';

revoke all on function private.compute_limit_usage(uuid, text, timestamptz) from public;
