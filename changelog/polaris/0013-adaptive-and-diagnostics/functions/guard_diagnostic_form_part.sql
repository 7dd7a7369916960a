create or replace function private.guard_diagnostic_form_part()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    form_state text;
begin
    -- This trigger runs before row level security, and must not lock a test for an unauthorized caller.
    if not private.is_staff() and tg_op = 'INSERT' then
        raise exception 'only admins and the service may write tests'
            using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and new.form_id <> old.form_id then
        raise exception 'sections and questions cannot move to another test'
            using errcode = 'check_violation';
    end if;
    -- Lock the test, so that it is not published meanwhile. No row: the test itself is being deleted.
    select f.state
    into form_state
    from public.diagnostic_forms as f
    where f.id = case when tg_op = 'DELETE' then old.form_id else new.form_id end
    for share;
    if form_state <> 'draft' then
        raise exception 'the test is %, so its sections and questions cannot change', form_state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Create a new test with its own code, and retire this one.';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function private.guard_diagnostic_form_part() is
    'Trigger: reject changes to sections and questions of a test that is not a draft.';

revoke all on function private.guard_diagnostic_form_part() from public;
