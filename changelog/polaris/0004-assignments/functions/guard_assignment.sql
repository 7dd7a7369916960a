create or replace function private.guard_assignment()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'assigned' then
            raise exception 'a new assignment must be in state assigned'
                using errcode = 'check_violation';
        end if;
        new.started_at := null;
        new.completed_at := null;
        new.cancelled_at := null;
        new.attempts_count := 0;
        new.last_score := null;
        new.best_score := null;
        return new;
    end if;
    if (new.id, new.user_id, new.coach_key, new.drill_id, new.set_id, new.created_at)
            is distinct from (old.id, old.user_id, old.coach_key, old.drill_id, old.set_id, old.created_at)
        or new.created_by is distinct from old.created_by and new.created_by is not null
    then
        raise exception 'learner, coach, content and author of an assignment cannot change'
            using
                errcode = 'check_violation',
                hint = 'Cancel it and assign other content.';
    end if;
    new.started_at := old.started_at;
    new.completed_at := old.completed_at;
    new.cancelled_at := old.cancelled_at;
    if new.state = old.state then
        return new;
    end if;
    if (old.state, new.state) not in (
        ('assigned', 'in_progress'), ('assigned', 'skipped'), ('assigned', 'expired'), ('assigned', 'cancelled'),
        ('in_progress', 'completed'), ('in_progress', 'skipped'), ('in_progress', 'expired'), ('in_progress', 'cancelled')
    )
    then
        raise exception 'an assignment that is % cannot become %', old.state, new.state
            using
                errcode = 'check_violation',
                hint = 'assigned → in_progress → completed; skipped, expired or cancelled from assigned or in_progress. Assign the content again.';
    end if;
    if new.state = 'in_progress' then
        new.started_at := now();
    elsif new.state = 'completed' then
        new.completed_at := now();
    else
        new.cancelled_at := now();
    end if;
    return new;
end
$$;

comment on function private.guard_assignment() is
    'Trigger: reject invalid state transitions of an assignment and changes of learner, content or author; set its times.';

revoke all on function private.guard_assignment() from public;
