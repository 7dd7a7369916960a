create or replace function private.grant_plan(p_user uuid, p_plan text, p_ends_at timestamptz, p_reason text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may grant plans'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(p_reason, '') = '' or p_ends_at <= now() then
        raise exception 'p_reason is required, and p_ends_at must be in the future or null'
            using errcode = 'invalid_parameter_value';
    end if;
    return private.grant_entitlement(
        p_user, p_plan, 'admin', gen_random_uuid()::text, now(), p_ends_at, null, (select auth.uid()), p_reason);
end
$$;

comment on function private.grant_plan(uuid, text, timestamptz, text) is
    'Grant a plan from now until p_ends_at, or without end if that is null. For admins and the service.';

revoke all on function private.grant_plan(uuid, text, timestamptz, text) from public;
grant execute on function private.grant_plan(uuid, text, timestamptz, text) to authenticated, service_role;

create or replace function public.grant_plan(p_user uuid, p_plan text, p_ends_at timestamptz, p_reason text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.grant_plan(p_user, p_plan, p_ends_at, p_reason);

comment on function public.grant_plan(uuid, text, timestamptz, text) is
    'Grant a plan from now until p_ends_at, or without end if that is null. For admins and the service.';

revoke all on function public.grant_plan(uuid, text, timestamptz, text) from public, anon, authenticated, service_role;
grant execute on function public.grant_plan(uuid, text, timestamptz, text) to authenticated, service_role;
