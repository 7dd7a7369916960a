create or replace function private.guard_editorial_flag()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me uuid := (select auth.uid());
    settling text[] := array['created_by', 'resolution', 'resolved_at', 'resolved_by'];
    writer uuid;
begin
    if tg_op = 'INSERT' then
        -- This runs before row security would refuse, and must keep no item locked for a stranger.
        if not private.is_staff() then
            raise exception 'only an admin raises flags'
                using errcode = 'insufficient_privilege';
        end if;
        -- Whoever approves the item at this moment sees the flag, or came first.
        perform
        from public.editorial_items as i
        where i.id = new.editorial_item_id
        for share;
        new.created_by := me;
        new.resolution := null;
        new.resolved_at := null;
        new.resolved_by := null;
        return new;
    end if;

    if to_jsonb(new) - settling <> to_jsonb(old) - settling
        or old.resolution is not null and new.resolution is distinct from old.resolution
    then
        raise exception 'what a flag says, and how it was settled, stays'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Settle it by writing its resolution, or raise another.';
    end if;
    -- Names change where an account is deleted, and below.
    new.created_by := case when new.created_by is not null then old.created_by end;
    new.resolved_by := case when new.resolved_by is not null then old.resolved_by end;
    new.resolved_at := old.resolved_at;
    if new.resolution is not null and old.resolution is null then
        if private.is_service() and old.created_by is not null then
            raise exception 'a flag that a person raised is settled by a person'
                using errcode = 'insufficient_privilege';
        end if;
        select i.updated_by
        into writer
        from public.editorial_items as i
        where i.id = old.editorial_item_id;
        if old.severity = 'block' and writer = me and private.is_four_eyes_required() then
            raise exception 'a block is settled by somebody who did not write the content'
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Ask another admin. The setting editorial_four_eyes switches this rule.';
        end if;
        new.resolved_at := now();
        new.resolved_by := me;
    end if;
    return new;
end
$$;

comment on function private.guard_editorial_flag() is
    'Writes who raised and who settled a flag. A block is not settled by whoever wrote the content, and what a person raised not by the service.';

revoke all on function private.guard_editorial_flag() from public;
