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
        raise exception 'an item stays in its pack'
            using errcode = 'check_violation';
    end if;
    -- Shared with other writers of items, kept from whoever offers or publishes. No row: not the owner's, or the pack goes.
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
        raise exception 'the items of a pack that was offered no longer change'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Take the offer back first; what was published stays as it is. An admin may hide an item.';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function private.guard_practice_pack_item() is
    'Refuses a change of the items of a pack that was offered, except that admins hide and the service flags them.';

revoke all on function private.guard_practice_pack_item() from public;
