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
        raise exception 'an entitlement stays whose it is and where it came from'
            using
                errcode = 'check_violation',
                hint = 'Revoke this one and grant another.';
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
    'Refuses a change of an entitlement''s person or source; says when its person''s tier changes by itself.';

revoke all on function private.guard_entitlement() from public;
