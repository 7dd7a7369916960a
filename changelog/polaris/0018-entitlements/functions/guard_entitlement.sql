create or replace function private.guard_entitlement()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'UPDATE'
        and (new.id, new.user_id, new.source, new.source_ref) is distinct from (old.id, old.user_id, old.source, old.source_ref)
    then
        raise exception 'the id, user, source and reference of an entitlement cannot change'
            using
                errcode = 'check_violation',
                hint = 'Revoke this entitlement and grant a new one.';
    end if;
    new.tier_due_at := case
        when new.revoked_at is not null then null
        when new.starts_at > clock_timestamp() then new.starts_at
        when new.ends_at > clock_timestamp() then new.ends_at
    end;
    return new;
end
$$;

comment on function private.guard_entitlement() is
    'Reject changes to the id, user, source or reference of an entitlement; set tier_due_at, the next time at which the user''s tier may change.';

revoke all on function private.guard_entitlement() from public;
