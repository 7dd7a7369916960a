create or replace function public.manila_week_start(p_ts timestamptz)
returns date
language sql
immutable
parallel safe
security invoker
set search_path = ''
return date_trunc('week', p_ts at time zone 'Asia/Manila')::date;

comment on function public.manila_week_start(timestamptz) is
    'Monday on which the week of p_ts begins in Manila. Views repeat the expression, because a function call per row would cost more.';

revoke all on function public.manila_week_start(timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.manila_week_start(timestamptz) to authenticated, service_role;
