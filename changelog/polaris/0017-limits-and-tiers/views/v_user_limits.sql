create or replace view public.v_user_limits
with (security_invoker = true)
as
    select
        c.key,
        c.unit,
        c.window_kind,
        private.get_effective_limit((select auth.uid()), c.key) as allowed,
        private.get_my_usage(c.key) as used
    from public.limits_catalog as c;

comment on view public.v_user_limits is 'Allowed and used amount of each limit for the caller; allowed is Infinity for no limit.';

revoke all on table public.v_user_limits from public, anon, authenticated, service_role;
grant select on table public.v_user_limits to authenticated;
