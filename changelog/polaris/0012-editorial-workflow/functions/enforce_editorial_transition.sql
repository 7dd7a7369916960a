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
            raise exception 'item % is %, and only drafts are deleted', old.id, old.state
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Move it back to draft, or, where it is out, to deprecated.';
        end if;
        return old;
    end if;

    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'an item begins as a draft, not as %', new.state
                using errcode = 'check_violation';
        end if;
        new.version := 1;
        new.state_since := now();
        new.created_by := me;
        new.updated_by := me;
        return new;
    end if;

    if (new.id, new.kind, new.created_at) is distinct from (old.id, old.kind, old.created_at) then
        raise exception 'id, kind and created_at of item % stay as they are', old.id
            using errcode = 'check_violation';
    end if;
    -- Names change where an account is deleted, and below.
    new.created_by := case when new.created_by is not null then old.created_by end;
    new.updated_by := case when new.updated_by is not null then old.updated_by end;
    new.version := old.version;
    new.state_since := old.state_since;

    if to_jsonb(new) - not_content <> to_jsonb(old) - not_content then
        if old.state not in ('draft', 'auto_qa') then
            raise exception 'item % is %, so its content is fixed', old.id, old.state
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Move it back to draft; for what is out, write a new item and deprecate this one.';
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
            raise exception 'an item does not go from % to %', old.state, new.state
                using
                    errcode = 'check_violation',
                    hint = 'draft, auto_qa, in_review, approved, published, deprecated; before it is out also back to draft.';
        end if;
        if service and new.state not in ('auto_qa', 'in_review') or not service and not private.is_admin() then
            raise exception 'only an admin moves an item from % to %', old.state, new.state
                using
                    errcode = 'insufficient_privilege',
                    hint = 'The service moves drafts to auto_qa and on to in_review; people decide the rest.';
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
                raise exception 'item % has an open flag that blocks it', new.id
                    using
                        errcode = 'object_not_in_prerequisite_state',
                        hint = 'Settle the flag by writing its resolution, or move the item back to draft.';
            end if;
            if new.kind in ('drill', 'scenario', 'qbank')
                and (
                    new.body ->> 'prompt' is null
                    or not exists (select from public.editorial_item_coach_targets as t where t.editorial_item_id = new.id)
                )
            then
                raise exception 'item % lacks a prompt or a coach, so it cannot become a drill', new.id
                    using
                        errcode = 'object_not_in_prerequisite_state',
                        hint = 'Move it back to draft and add body.prompt, and a row in editorial_item_coach_targets.';
            end if;
        end if;
        if new.state = 'approved' and new.updated_by = me and private.is_four_eyes_required() then
            raise exception 'item % is approved by somebody who did not write it', new.id
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Ask another admin. The setting editorial_four_eyes switches this rule.';
        end if;
        new.state_since := now();
    end if;
    return new;
end
$$;

comment on function private.enforce_editorial_transition() is
    'Holds items to their states, and to who may decide: the service to auto_qa and in_review, admins everything, approval by somebody who did not write the content.';

revoke all on function private.enforce_editorial_transition() from public;
