create or replace function private.guard_provider_event()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    changes text[] := array['state', 'outcome', 'reports', 'processed_at', 'deliveries', 'raw'];
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - changes = to_jsonb(old) - changes
        and new.deliveries >= old.deliveries
        and (new.raw = old.raw or new.raw = '{}')
        and (
            old.state = 'failed'
            or (new.state, new.outcome, new.reports, new.processed_at) is not distinct from (old.state, old.outcome, old.reports, old.processed_at)
        )
    then
        return new;
    end if;
    raise exception 'what a provider sent stays as it came'
        using
            errcode = 'insufficient_privilege',
            hint = 'What it led to is corrected by a report of our own.';
end
$$;

comment on function private.guard_provider_event() is
    'Refuses to rewrite or delete an event; its outcome may be set where it had failed, and its body be emptied.';

revoke all on function private.guard_provider_event() from public;
