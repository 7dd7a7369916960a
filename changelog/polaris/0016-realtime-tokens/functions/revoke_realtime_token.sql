create or replace function private.revoke_realtime_token(p_id uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.realtime_tokens as t
    -- A second call keeps the time and reason of the first.
    set revoked_at = coalesce(t.revoked_at, now()),
        reason = coalesce(t.reason, left(nullif(btrim(p_reason), ''), 500), 'revoked')
    where t.id = p_id
        and (t.user_id = (select auth.uid()) or private.is_staff());
    if not found then
        raise exception 'token % does not exist or does not belong to the caller', p_id
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.revoke_realtime_token(uuid, text) is 'Revoke a realtime token: users their own, admins and the service any.';

revoke all on function private.revoke_realtime_token(uuid, text) from public;
grant execute on function private.revoke_realtime_token(uuid, text) to authenticated, service_role;

create or replace function public.revoke_realtime_token(p_id uuid, p_reason text default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.revoke_realtime_token(p_id, p_reason);

comment on function public.revoke_realtime_token(uuid, text) is
    'Revoke a realtime token by its id: users their own, admins and the service any.';

revoke all on function public.revoke_realtime_token(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.revoke_realtime_token(uuid, text) to authenticated, service_role;
