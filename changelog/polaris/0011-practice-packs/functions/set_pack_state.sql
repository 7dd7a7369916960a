create or replace function private.set_pack_state(p_pack uuid, p_state text, p_offer integer)
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
    -- The owner may have withdrawn, changed and offered the pack again since the admin read it.
    if p_state = 'published_exemplar' and p_offer is distinct from pack.offers then
        raise exception 'pack % is at offer %', pack.id, pack.offers
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Read the pack, and pass the number of the offer that was read as p_offer.';
    end if;
end
$$;

comment on function private.set_pack_state(uuid, text, integer) is
    'Move a pack to a state; repeating the call changes nothing. Publishing needs the number of the offer that was read. For the owner, admins and the service, within their transitions.';

revoke all on function private.set_pack_state(uuid, text, integer) from public;
grant execute on function private.set_pack_state(uuid, text, integer) to authenticated, service_role;

create or replace function public.set_pack_state(p_pack uuid, p_state text, p_offer integer default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.set_pack_state(p_pack, p_state, p_offer);

comment on function public.set_pack_state(uuid, text, integer) is
    'Move a pack to a state; repeating the call changes nothing. Publishing needs the number of the offer that was read. For the owner, admins and the service, within their transitions.';

revoke all on function public.set_pack_state(uuid, text, integer) from public, anon, authenticated, service_role;
grant execute on function public.set_pack_state(uuid, text, integer) to authenticated, service_role;
