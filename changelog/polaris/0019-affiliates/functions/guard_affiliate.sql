create or replace function private.guard_affiliate()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if (new.id, new.program_id, new.code, new.created_at) is distinct from (old.id, old.program_id, old.code, old.created_at)
        or new.user_id is distinct from old.user_id and new.user_id is not null
    then
        raise exception 'the id, user, program, code and creation time of an affiliate cannot change'
            using errcode = 'check_violation';
    end if;
    if new.user_id is null and old.user_id is not null then
        new.display_name := null;
        new.website := null;
        new.payout_method := '{}';
        new.status := 'blocked';
        new.status_reason := 'the account was deleted';
    elsif new.status <> old.status
        and (old.status, new.status) not in (('pending', 'active'), ('pending', 'blocked'), ('active', 'blocked'), ('blocked', 'active'))
    then
        raise exception 'an affiliate cannot change from % to %', old.status, new.status
            using errcode = 'check_violation';
    end if;
    new.payout_method_since := case
        when new.payout_method <> old.payout_method and new.user_id is not null then now()
        else old.payout_method_since
    end;
    new.approved_at := case when new.status = 'active' and old.status <> 'active' then now() else old.approved_at end;
    new.blocked_at := case when new.status = 'blocked' then coalesce(old.blocked_at, now()) end;
    return new;
end
$$;

comment on function private.guard_affiliate() is
    'Reject invalid status changes of an affiliate, set approved_at, blocked_at and payout_method_since, and clear personal data when the account is deleted.';

revoke all on function private.guard_affiliate() from public;
