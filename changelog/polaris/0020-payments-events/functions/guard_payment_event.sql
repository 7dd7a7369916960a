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
        -- With the account goes what the provider told about the person.
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
    raise exception 'a report of a provider stays as it came'
        using
            errcode = 'insufficient_privilege',
            hint = 'What it led to is corrected by another report, or by an entry in the books.';
end
$$;

comment on function private.guard_payment_event() is
    'Refuses to rewrite or delete a report; its outcome may be set where it had failed, and what it tells about a person be emptied.';

revoke all on function private.guard_payment_event() from public;
