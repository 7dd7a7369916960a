create or replace function private.guard_diagnostic_run_item()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'pending' or num_nonnulls(new.duration_sec, new.feedback) > 0 then
            raise exception 'a new question must have status pending, without duration or feedback'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if (new.id, new.run_id, new.user_id, new.section_id, new.form_item_id, new.idx)
        is distinct from (old.id, old.run_id, old.user_id, old.section_id, old.form_item_id, old.idx)
        or old.submitted_at is not null
        and (new.response_text, new.response_url, new.submitted_at) is distinct from (old.response_text, old.response_url, old.submitted_at)
    then
        raise exception 'a question cannot move to another run, and a submitted answer cannot change'
            using errcode = 'check_violation';
    end if;
    if new.status <> old.status
        and (old.status, new.status) not in (
            ('pending', 'served'), ('pending', 'skipped'), ('served', 'submitted'), ('served', 'scored'), ('served', 'skipped'), ('submitted', 'scored')
        )
    then
        raise exception 'a question cannot change from % to %', old.status, new.status
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_diagnostic_run_item() is
    'Trigger: reject a new question that was already asked, invalid status transitions of a run''s question, and changes of a submitted answer.';

revoke all on function private.guard_diagnostic_run_item() from public;
