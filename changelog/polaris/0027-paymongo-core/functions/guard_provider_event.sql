create or replace function private.guard_provider_event()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    changes text[] := array['state', 'outcome', 'reports', 'processed_at', 'deliveries', 'raw', 'about'];
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - changes = to_jsonb(old) - changes
        and new.deliveries >= old.deliveries
        and (new.raw = old.raw or new.raw = '{}')
        and (new.about = old.about or new.about <@ old.about and new.raw = '{}')
        and (
            old.state = 'failed'
            or (new.state, new.outcome, new.reports, new.processed_at) is not distinct from (old.state, old.outcome, old.reports, old.processed_at)
        )
    then
        return new;
    end if;
    raise exception 'provider events cannot be changed or deleted'
        using
            errcode = 'insufficient_privilege',
            hint = 'Correct the effect of an event with record_payment_event.';
end
$$;

comment on function private.guard_provider_event() is
    'Reject changes and deletes of a provider event, except for the outcome of a failed one, the number of deliveries, and emptying its body and removing an account from about.';

revoke all on function private.guard_provider_event() from public;
