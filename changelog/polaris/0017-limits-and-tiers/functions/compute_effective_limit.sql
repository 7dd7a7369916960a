create or replace function private.compute_effective_limit(p_user uuid, p_key text)
returns numeric
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select case
            when u.user_id is not null then coalesce(u.value, 'Infinity')
            when t.tier is null then 0
            else coalesce(t.value, l.value, 'Infinity')
        end
        from public.profiles as p
        left join public.user_limits as u
            on u.user_id = p.id
            and u.key = p_key
            and (u.expires_at is null or u.expires_at > now())
        left join public.tier_limits as t
            on t.tier = private.get_tier(p.id)
            and t.key = p_key
        left join public.limits as l on l.key = t.limits_key
        where p.id = p_user
    );
end
$$;

comment on function private.compute_effective_limit(uuid, text) is
    'Limit of p_key for a user: the exception in user_limits, else the limit of the plan. Infinity for no limit, 0 if the plan has no row, null without a profile. Internal: no API role may execute it.';

revoke all on function private.compute_effective_limit(uuid, text) from public;
