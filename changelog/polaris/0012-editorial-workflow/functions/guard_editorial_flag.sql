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
begin
    if tg_op = 'INSERT' then
        -- This trigger runs before row level security, and must not lock an item for an unauthorized caller.
        if not private.is_staff() then
            raise exception 'only admins and the service may raise flags'
                using errcode = 'insufficient_privilege';
        end if;
        -- A concurrent approval either sees this flag or commits first.
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
        raise exception 'content and resolution of a flag cannot change'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Resolve the flag by setting its resolution, or raise another one.';
    end if;
    -- These columns change only when an account is deleted, and below.
    new.created_by := case when new.created_by is not null then old.created_by end;
    new.resolved_by := case when new.resolved_by is not null then old.resolved_by end;
    new.resolved_at := old.resolved_at;
    if new.resolution is not null and old.resolution is null then
        if private.is_service() and old.created_by is not null then
            raise exception 'the service may not resolve a flag that a person raised'
                using errcode = 'insufficient_privilege';
        end if;
        if old.severity = 'block' and private.has_written_editorial_item(old.editorial_item_id) and private.is_four_eyes_required() then
            raise exception 'an author of the content may not resolve a block'
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Ask an admin who wrote none of it. The setting editorial_four_eyes controls this rule.';
        end if;
        new.resolved_at := now();
        new.resolved_by := me;
    end if;
    return new;
end
$$;

comment on function private.guard_editorial_flag() is
    'Trigger: set author and resolver of a flag. An author of the content may not resolve a block, and the service may not resolve a person''s flag.';

revoke all on function private.guard_editorial_flag() from public;
