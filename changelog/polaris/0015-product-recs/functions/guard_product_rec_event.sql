create or replace function private.guard_product_rec_event()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    goes text[] := array['user_id', 'session_id', 'slot_id', 'rule_id'];
begin
    if new.user_id is null and old.user_id is not null and new.meta = old.meta then
        new.meta := '{}';
        goes := goes || 'meta'::text;
    end if;
    -- Only references may change, and only to null, as their foreign keys do.
    if to_jsonb(new) - goes = to_jsonb(old) - goes
        and (new.user_id is null or new.user_id is not distinct from old.user_id)
        and (new.session_id is null or new.session_id is not distinct from old.session_id)
        and (new.slot_id is null or new.slot_id is not distinct from old.slot_id)
        and (new.rule_id is null or new.rule_id is not distinct from old.rule_id)
    then
        return new;
    end if;
    raise exception 'public.product_rec_events is append-only'
        using errcode = 'insufficient_privilege';
end
$$;

comment on function private.guard_product_rec_event() is 'Reject updates of an event, except setting its user, session, slot or rule to null; empty meta with the user.';

revoke all on function private.guard_product_rec_event() from public;
