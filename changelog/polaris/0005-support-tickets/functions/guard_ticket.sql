create or replace function private.guard_ticket()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'open' then
            raise exception 'a new ticket must be open, not %', new.state
                using errcode = 'check_violation';
        end if;
        new.waiting_since := new.created_at;
        new.sla_due_at := private.compute_sla_due(new.priority, new.waiting_since);
        new.sla_breached_at := null;
        new.last_message_at := null;
        new.last_author := null;
        new.resolved_at := null;
        new.closed_at := null;
    else
        if (new.id, new.created_at, new.channel) is distinct from (old.id, old.created_at, old.channel)
            or new.user_id is distinct from old.user_id and new.user_id is not null
        then
            raise exception 'id, user, channel and creation time of a ticket cannot change'
                using errcode = 'check_violation';
        end if;
        if new.state <> old.state
            and (old.state, new.state) not in (
                ('open', 'pending_admin'), ('open', 'pending_user'), ('open', 'resolved'), ('open', 'closed'),
                ('pending_admin', 'pending_user'), ('pending_admin', 'resolved'), ('pending_admin', 'closed'),
                ('pending_user', 'pending_admin'), ('pending_user', 'resolved'), ('pending_user', 'closed'),
                ('resolved', 'pending_admin'), ('resolved', 'closed'),
                ('closed', 'pending_admin'), ('closed', 'archived')
            )
        then
            raise exception 'a ticket that is % cannot become %', old.state, new.state
                using
                    errcode = 'check_violation',
                    hint = 'open, pending_admin and pending_user → each other (never back to open), resolved or closed; resolved → pending_admin or closed; closed → pending_admin or archived.';
        end if;
        if new.user_id is null and old.user_id is not null then
            new.reporter_email := null;
            new.reporter_name := null;
        end if;

        -- Derive these columns from the state, and ignore the values of the statement.
        new.waiting_since := case
            when new.state not in ('open', 'pending_admin') then null
            else coalesce(old.waiting_since, now())
        end;
        new.resolved_at := case
            when new.state in ('open', 'pending_admin', 'pending_user') then null
            when new.state = 'resolved' and old.state <> 'resolved' then now()
            else old.resolved_at
        end;
        new.closed_at := case
            when new.state not in ('closed', 'archived') then null
            else coalesce(old.closed_at, now())
        end;
        if (new.waiting_since, new.priority) is distinct from (old.waiting_since, old.priority) then
            new.sla_due_at := private.compute_sla_due(new.priority, new.waiting_since);
            new.sla_breached_at := null;
        else
            new.sla_due_at := old.sla_due_at;
        end if;
    end if;

    if new.assigned_to is not null
        and (tg_op = 'INSERT' or new.assigned_to is distinct from old.assigned_to)
        and not exists (select from public.profiles as p where p.id = new.assigned_to and p.role = 'admin')
    then
        raise exception 'a ticket can only be assigned to an admin'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_ticket() is
    'Trigger: reject invalid state transitions of a ticket, and set the times that follow from its state.';

revoke all on function private.guard_ticket() from public;
