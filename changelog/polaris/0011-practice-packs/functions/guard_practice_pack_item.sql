create or replace function private.guard_practice_pack_item()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    loose constant text[] := array['is_hidden', 'risk_flags', 'updated_at'];
    of_pack uuid := case when tg_op = 'DELETE' then old.pack_id else new.pack_id end;
    owner_id uuid := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
    staff boolean := private.is_staff();
    pack_state text;
begin
    if tg_op = 'UPDATE' and (new.id, new.pack_id, new.user_id) is distinct from (old.id, old.pack_id, old.user_id) then
        raise exception 'an item cannot move to another pack'
            using errcode = 'check_violation';
    end if;
    -- The share lock admits other writers of items, but no offer or publication. No row: a pack of another user, or the pack is
    -- being deleted.
    select p.state
    into pack_state
    from public.practice_packs as p
    where p.id = of_pack
        and p.user_id = owner_id
        and (staff or p.user_id = (select auth.uid()))
    for share;
    if pack_state <> 'private_user'
        and not (tg_op = 'UPDATE' and staff and to_jsonb(new) - loose = to_jsonb(old) - loose)
    then
        raise exception 'the items of a pack offered for publication cannot change'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Withdraw the offer first; a published pack cannot change. An admin may hide an item.';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function private.guard_practice_pack_item() is
    'Trigger: reject changes to the items of a pack offered for publication, except is_hidden and risk_flags by admins and the service.';

revoke all on function private.guard_practice_pack_item() from public;
