create or replace function private.compute_limit_window_start(p_window_kind text, p_at timestamptz)
returns date
language sql
immutable
security invoker
set search_path = ''
as $$
    select case p_window_kind
        when 'monthly' then date_trunc('month', p_at at time zone 'Asia/Manila')::date
        when 'lifetime' then '-infinity'::date
        else (p_at at time zone 'Asia/Manila')::date
    end
$$;

comment on function private.compute_limit_window_start(text, timestamptz) is
    'First day in Manila of the window that contains p_at: the first of the month, -infinity for lifetime, else the day of p_at. Internal: no role may execute it directly.';

revoke all on function private.compute_limit_window_start(text, timestamptz) from public;
