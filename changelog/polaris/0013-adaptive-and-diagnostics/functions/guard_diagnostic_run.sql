create or replace function private.guard_diagnostic_run()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'created' or num_nonnulls(new.started_at, new.duration_sec) > 0 then
            raise exception 'a new run must have state created, without a start or duration'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if (new.id, new.user_id, new.form_id, new.created_at) is distinct from (old.id, old.user_id, old.form_id, old.created_at)
        or old.score_total is not null and (new.score_total, new.scored_at) is distinct from (old.score_total, old.scored_at)
    then
        raise exception 'user, test and result of run % cannot change', old.id
            using errcode = 'check_violation';
    end if;
    if new.state <> old.state
        and (old.state, new.state) not in (
            ('created', 'in_progress'), ('created', 'cancelled'), ('in_progress', 'completed'), ('in_progress', 'cancelled')
        )
    then
        raise exception 'a run cannot change from % to %', old.state, new.state
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_diagnostic_run() is
    'Trigger: reject a new run that has already begun, invalid state transitions of a run, and changes of its user, test or result.';

revoke all on function private.guard_diagnostic_run() from public;
