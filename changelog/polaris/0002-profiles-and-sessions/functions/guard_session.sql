create or replace function private.guard_session()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if (new.id, new.user_id, new.started_at) is distinct from (old.id, old.user_id, old.started_at) then
        raise exception 'id, user_id and started_at of a session cannot change'
            using errcode = 'check_violation';
    end if;
    if new.status <> old.status
        and (old.status, new.status) not in (
            ('started', 'submitted'), ('started', 'completed'), ('started', 'aborted'),
            ('submitted', 'completed'), ('submitted', 'aborted')
        )
    then
        raise exception 'a session that is % cannot become %', old.status, new.status
            using
                errcode = 'check_violation',
                hint = 'started → submitted, completed or aborted; submitted → completed or aborted. Start another session.';
    end if;
    return new;
end
$$;

comment on function private.guard_session() is
    'Trigger: reject invalid state transitions of a session and changes of its id, user or start.';

revoke all on function private.guard_session() from public;
