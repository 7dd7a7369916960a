create or replace function private.enforce_editorial_transition()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    me uuid := (select auth.uid());
    service boolean := private.is_service();
    not_content text[] := array[
        'id', 'kind', 'state', 'state_since', 'version', 'created_by', 'updated_by', 'created_at', 'updated_at'
    ];
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'item % is %; only drafts can be deleted', old.id, old.state
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Move it back to draft; a published item moves to deprecated.';
        end if;
        return old;
    end if;

    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a new item must be a draft, not %', new.state
                using errcode = 'check_violation';
        end if;
        new.version := 1;
        new.state_since := now();
        new.created_by := me;
        new.updated_by := me;
        return new;
    end if;

    if (new.id, new.kind, new.created_at) is distinct from (old.id, old.kind, old.created_at) then
        raise exception 'id, kind and created_at of item % cannot change', old.id
            using errcode = 'check_violation';
    end if;
    -- These columns change only when an account is deleted, and below.
    new.created_by := case when new.created_by is not null then old.created_by end;
    new.updated_by := case when new.updated_by is not null then old.updated_by end;
    new.version := old.version;
    new.state_since := old.state_since;

    if to_jsonb(new) - not_content <> to_jsonb(old) - not_content then
        if old.state not in ('draft', 'auto_qa') then
            raise exception 'item % is %, so its content cannot change', old.id, old.state
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Move it back to draft; for a published item create a new one and deprecate this one.';
        end if;
        new.version := old.version + 1;
        new.updated_by := coalesce(me, new.updated_by);
    end if;

    if new.state <> old.state then
        if (old.state, new.state) not in (
            ('draft', 'auto_qa'), ('auto_qa', 'in_review'), ('in_review', 'approved'), ('approved', 'published'), ('published', 'deprecated'),
            ('auto_qa', 'draft'), ('in_review', 'draft'), ('approved', 'draft')
        )
        then
            raise exception 'an item cannot change from % to %', old.state, new.state
                using
                    errcode = 'check_violation',
                    hint = 'draft, auto_qa, in_review, approved, published, deprecated; also back to draft before it is published.';
        end if;
        if service and new.state not in ('auto_qa', 'in_review') or not service and not private.is_admin() then
            raise exception 'only an admin may move an item from % to %', old.state, new.state
                using
                    errcode = 'insufficient_privilege',
                    hint = 'The service moves drafts to auto_qa and then to in_review; admins make the other transitions.';
        end if;
        if new.state in ('approved', 'published') then
            if exists (
                select
                from public.editorial_flags as f
                where f.editorial_item_id = new.id
                    and f.severity = 'block'
                    and f.resolved_at is null
            )
            then
                raise exception 'item % has an open blocking flag', new.id
                    using
                        errcode = 'object_not_in_prerequisite_state',
                        hint = 'Resolve the flag by setting its resolution, or move the item back to draft.';
            end if;
            if new.kind in ('drill', 'scenario', 'qbank')
                and (
                    new.body ->> 'prompt' is null
                    or not exists (select from public.editorial_item_coach_targets as t where t.editorial_item_id = new.id)
                )
            then
                raise exception 'item % has no prompt or no coach, so it cannot become a drill', new.id
                    using
                        errcode = 'object_not_in_prerequisite_state',
                        hint = 'Move it back to draft and add body.prompt, and a row in editorial_item_coach_targets.';
            end if;
        end if;
        if new.state = 'approved' and private.has_written_editorial_item(new.id) and private.is_four_eyes_required() then
            raise exception 'an author of item % may not approve it', new.id
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Ask an admin who wrote none of it. The setting editorial_four_eyes controls this rule.';
        end if;
        new.state_since := now();
    end if;
    return new;
end
$$;

comment on function private.enforce_editorial_transition() is
    'Trigger: enforce the state transitions of editorial items and who may make them: the service up to in_review, admins the others; an author may not approve if four eyes are required.';

revoke all on function private.enforce_editorial_transition() from public;
