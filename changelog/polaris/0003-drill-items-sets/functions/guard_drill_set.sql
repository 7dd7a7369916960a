create or replace function private.guard_drill_set()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    loose constant text[] := array['created_by', 'approved_by', 'state', 'published_at', 'deprecated_at', 'updated_at'];
begin
    if tg_op = 'DELETE' then
        if old.state in ('published', 'deprecated') then
            raise exception 'a published set cannot be deleted'
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'Deprecate it instead: learners no longer see it, and existing answers keep their meaning.';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a new set must be a draft'
                using
                    errcode = 'check_violation',
                    hint = 'Add its items, then move it through the states draft, auto_qa, in_review, approved, published.';
        end if;
        new.created_by := coalesce((select auth.uid()), new.created_by);
        new.approved_by := null;
        new.published_at := null;
        new.deprecated_at := null;
        return new;
    end if;

    if old.state in ('approved', 'published', 'deprecated') and to_jsonb(new) - loose <> to_jsonb(old) - loose then
        raise exception 'a set that is % cannot change', old.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Move an approved set back to draft; for a published set create a new version with create_set_version.';
    end if;
    -- Clients cannot set author and approver; deleting an account sets them to null.
    new.created_by := case when new.created_by is null then null else old.created_by end;
    new.approved_by := case when new.approved_by is null then null else old.approved_by end;
    new.published_at := old.published_at;
    new.deprecated_at := old.deprecated_at;
    if new.state = old.state then
        return new;
    end if;
    if (old.state, new.state) not in (
        ('draft', 'auto_qa'), ('auto_qa', 'in_review'), ('in_review', 'approved'), ('approved', 'published'), ('published', 'deprecated'),
        ('auto_qa', 'draft'), ('in_review', 'draft'), ('approved', 'draft')
    )
    then
        raise exception 'a set that is % cannot become %', old.state, new.state
            using
                errcode = 'check_violation',
                hint = 'draft → auto_qa → in_review → approved → published → deprecated, and back to draft before it is published.';
    end if;
    if new.state = 'approved' then
        -- The lock waits for concurrent changes of the items; later changes find the set approved.
        perform
        from public.drill_items as i
        where i.id in (select m.item_id from public.set_members as m where m.set_id = new.id)
        order by i.id
        for share;
        if not found then
            raise exception 'a set without items cannot be approved'
                using errcode = 'object_not_in_prerequisite_state';
        end if;
        new.approved_by := (select auth.uid());
    elsif new.state = 'draft' then
        new.approved_by := null;
    elsif new.state = 'published' then
        new.published_at := now();
    elsif new.state = 'deprecated' then
        new.deprecated_at := now();
    end if;
    return new;
end
$$;

comment on function private.guard_drill_set() is
    'Trigger: reject invalid state transitions of a set, changes after approval and deleting a published set; set author, approver and times.';

revoke all on function private.guard_drill_set() from public;
