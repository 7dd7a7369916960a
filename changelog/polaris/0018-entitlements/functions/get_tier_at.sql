create or replace function private.get_tier_at(p_user uuid, p_at timestamptz)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return coalesce(
        (
            select t.code
            from public.entitlements as e
            join public.tier_plans as t on t.code = e.plan_code
            where e.user_id = p_user
                and e.revoked_at is null
                and e.starts_at <= p_at
                and (e.ends_at is null or e.ends_at > p_at)
            order by t.rank desc
            limit 1
        ),
        'free'
    );
end
$$;

comment on function private.get_tier_at(uuid, timestamptz) is
    'Highest plan among the user''s entitlements in force at p_at; free without one. Internal: no API role may execute it.';

revoke all on function private.get_tier_at(uuid, timestamptz) from public;
