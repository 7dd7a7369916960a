create or replace function private.guard_diagnostic_form()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a new test must be a draft, not %', new.state
                using errcode = 'check_violation';
        end if;
        new.created_by := (select auth.uid());
        return new;
    end if;
    new.created_by := case when new.created_by is not null then old.created_by end;
    if (new.id, new.created_at) is distinct from (old.id, old.created_at)
        or old.state <> 'draft' and (new.code, new.coach_key) is distinct from (old.code, old.coach_key)
    then
        raise exception 'the id of test % cannot change, nor its code and coach after publication', old.code
            using errcode = 'check_violation';
    end if;
    if new.state <> old.state
        and (old.state, new.state) not in (('draft', 'published'), ('published', 'retired'), ('retired', 'published'))
    then
        raise exception 'a test cannot change from % to %', old.state, new.state
            using
                errcode = 'check_violation',
                hint = 'A published test cannot change; create a changed test with a new code.';
    end if;
    if old.state = 'draft'
        and new.state = 'published'
        and not exists (select from public.diagnostic_form_items as i where i.form_id = new.id)
    then
        raise exception 'test % has no questions', old.code
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    return new;
end
$$;

comment on function private.guard_diagnostic_form() is
    'Trigger: reject invalid state transitions of a test (draft, published, retired), and changes of code and coach after publication.';

revoke all on function private.guard_diagnostic_form() from public;
