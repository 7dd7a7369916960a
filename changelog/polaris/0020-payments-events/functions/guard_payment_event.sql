create or replace function private.guard_payment_event()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    outcome text[] := array['status', 'outcome', 'attempts', 'tried_at', 'processed_at'];
    personal text[] := array['user_id', 'raw'];
begin
    if tg_op = 'UPDATE' then
        -- Deleting the account also empties the event body, which holds personal data.
        if new.user_id is null and old.user_id is not null then
            new.raw := '{}';
        end if;
        if to_jsonb(new) - outcome - personal = to_jsonb(old) - outcome - personal
            and (new.user_id is not distinct from old.user_id or new.user_id is null)
            and (new.raw = old.raw or new.raw = '{}')
            and (
                old.status = 'failed'
                or (new.status, new.outcome, new.attempts, new.tried_at, new.processed_at)
                    is not distinct from (old.status, old.outcome, old.attempts, old.tried_at, old.processed_at)
            )
        then
            return new;
        end if;
    end if;
    raise exception 'payment events cannot be changed or deleted'
        using
            errcode = 'insufficient_privilege',
            hint = 'Correct the effect of an event with another payment event or a ledger entry.';
end
$$;

comment on function private.guard_payment_event() is
    'Reject changes and deletes of a payment event, except for the outcome of a failed one and the removal of personal data.';

revoke all on function private.guard_payment_event() from public;
