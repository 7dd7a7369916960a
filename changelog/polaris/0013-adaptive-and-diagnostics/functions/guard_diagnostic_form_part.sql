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
    -- This runs before row security would refuse, and must keep no test locked for a stranger.
    if not private.is_staff() and tg_op = 'INSERT' then
        raise exception 'only an admin writes tests'
            using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and new.form_id <> old.form_id then
        raise exception 'parts and questions stay with their test'
            using errcode = 'check_violation';
    end if;
    -- Locked, so that it is not published meanwhile; gone where the test itself is deleted.
    select f.state
    into form_state
    from public.diagnostic_forms as f
    where f.id = case when tg_op = 'DELETE' then old.form_id else new.form_id end
    for share;
    if form_state <> 'draft' then
        raise exception 'the test is %, so its parts and questions are fixed', form_state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Write a new test with a code of its own, and retire this one.';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

comment on function private.guard_diagnostic_form_part() is 'Refuses to change parts and questions of a test that is not a draft.';

revoke all on function private.guard_diagnostic_form_part() from public;
