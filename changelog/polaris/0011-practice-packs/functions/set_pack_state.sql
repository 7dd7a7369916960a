create or replace function private.set_pack_state(p_pack uuid, p_state text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    pack public.practice_packs;
begin
    select *
    into pack
    from public.practice_packs as p
    where p.id = p_pack
        and (p.user_id = (select auth.uid()) or private.is_staff())
    for update;
    -- Same error for a missing pack and a pack of another user.
    if pack.id is null then
        raise exception 'no pack %', p_pack
            using errcode = 'no_data_found';
    end if;
    if pack.state = p_state then
        return;
    end if;
    update public.practice_packs as p
    set state = p_state
    where p.id = pack.id;
end
$$;

comment on function private.set_pack_state(uuid, text) is
    'Move a pack to a state; repeating the call changes nothing. For the owner, admins and the service, within their transitions.';

revoke all on function private.set_pack_state(uuid, text) from public;
grant execute on function private.set_pack_state(uuid, text) to authenticated, service_role;

create or replace function public.set_pack_state(p_pack uuid, p_state text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_pack_state(p_pack, p_state);

comment on function public.set_pack_state(uuid, text) is
    'Move a pack to a state; repeating the call changes nothing. For the owner, admins and the service, within their transitions.';

revoke all on function public.set_pack_state(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.set_pack_state(uuid, text) to authenticated, service_role;
