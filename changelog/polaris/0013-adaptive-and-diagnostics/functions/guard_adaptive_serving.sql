create or replace function private.guard_adaptive_serving()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'served' or num_nonnulls(new.duration_sec, new.level_after) > 0 then
            raise exception 'a new serving must have status served, without an outcome'
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if (new.id, new.user_id, new.drill_id, new.coach_key, new.topic, new.served_at)
        is distinct from (old.id, old.user_id, old.drill_id, old.coach_key, old.topic, old.served_at)
        or old.status = 'answered' and (new.outcome_score, new.answered_at, new.level_after) is distinct from (old.outcome_score, old.answered_at, old.level_after)
    then
        raise exception 'a serving and its recorded outcome cannot change'
            using errcode = 'check_violation';
    end if;
    if new.status <> old.status
        and (old.status, new.status) not in (('served', 'answered'), ('served', 'lapsed'), ('lapsed', 'answered'))
    then
        raise exception 'a serving cannot change from % to %', old.status, new.status
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_adaptive_serving() is
    'Trigger: reject a new serving that has an outcome, invalid status transitions of a serving, and changes of its recorded outcome.';

revoke all on function private.guard_adaptive_serving() from public;
