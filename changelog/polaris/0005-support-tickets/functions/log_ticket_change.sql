create or replace function private.log_ticket_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    -- An account deleted by this same statement can no longer be referenced.
    actor uuid := (select p.id from public.profiles as p where p.id = (select auth.uid()));
begin
    if tg_op = 'INSERT' then
        insert into public.ticket_events (ticket_id, actor_id, event_type, data)
        values (new.id, actor, 'opened', jsonb_build_object('channel', new.channel, 'category', new.category, 'priority', new.priority));
        return null;
    end if;
    if new.assigned_to is distinct from old.assigned_to then
        insert into public.ticket_events (ticket_id, actor_id, assigned_to, event_type)
        values (new.id, actor, new.assigned_to, 'assigned');
    end if;
    insert into public.ticket_events (ticket_id, actor_id, event_type, data)
    select new.id, actor, change.event_type, jsonb_build_object('from', change.was, 'to', change.becomes)
    from (
        values
            ('state_changed', to_jsonb(old.state), to_jsonb(new.state)),
            ('priority_changed', to_jsonb(old.priority), to_jsonb(new.priority)),
            ('category_changed', to_jsonb(old.category), to_jsonb(new.category))
    ) as change (event_type, was, becomes)
    where change.was is distinct from change.becomes;
    if new.sla_breached_at is not null and old.sla_breached_at is null then
        insert into public.ticket_events (ticket_id, actor_id, event_type, data)
        values (new.id, actor, 'sla_breached', jsonb_build_object('due', new.sla_due_at));
    end if;
    return null;
end
$$;

comment on function private.log_ticket_change() is 'Trigger: record changes of a ticket in ticket_events, with the user who made them.';

revoke all on function private.log_ticket_change() from public;
