create or replace function private.grant_entitlement(
    p_user uuid,
    p_plan text,
    p_source text,
    p_source_ref text,
    p_starts_at timestamptz,
    p_ends_at timestamptz,
    p_subscription uuid default null,
    p_granted_by uuid default null,
    p_reason text default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.entitlements as e (user_id, plan_code, source, source_ref, starts_at, ends_at, subscription_id, granted_by, reason)
    values (p_user, p_plan, p_source, p_source_ref, p_starts_at, p_ends_at, p_subscription, p_granted_by, p_reason)
    on conflict (source, source_ref) do update
    set plan_code = excluded.plan_code,
        starts_at = excluded.starts_at,
        ends_at = excluded.ends_at,
        subscription_id = coalesce(excluded.subscription_id, e.subscription_id),
        revoked_at = null,
        reason = excluded.reason
    where e.user_id = excluded.user_id
    returning e.id
$$;

comment on function private.grant_entitlement(uuid, text, text, text, timestamptz, timestamptz, uuid, uuid, text) is
    'Grant an entitlement, or update the one of the same source and reference; return its id, or null if it belongs to another user. Internal: no API role may execute it.';

revoke all on function private.grant_entitlement(uuid, text, text, text, timestamptz, timestamptz, uuid, uuid, text) from public;
