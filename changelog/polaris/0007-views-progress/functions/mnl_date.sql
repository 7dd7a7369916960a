create or replace function public.mnl_date(ts timestamptz)
returns date
language sql
immutable
parallel safe
security invoker
set search_path = ''
return (ts at time zone 'Asia/Manila')::date;

comment on function public.mnl_date(timestamptz) is
    'Date in Manila. Views repeat the expression, which is cheaper than a call per row. For users and the service.';

revoke all on function public.mnl_date(timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.mnl_date(timestamptz) to authenticated, service_role;
