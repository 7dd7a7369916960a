create or replace function private.guard_affiliate_referral()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    moving text[] := array['status', 'status_reason', 'converted_at', 'disqualified_at', 'user_id', 'affiliate_user_id'];
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - moving = to_jsonb(old) - moving
        and (new.user_id is null or new.user_id is not distinct from old.user_id)
        and (new.affiliate_user_id is null or new.affiliate_user_id is not distinct from old.affiliate_user_id)
        and (new.status = old.status or old.status = 'attached' or (old.status, new.status) = ('converted', 'disqualified'))
    then
        return new;
    end if;
    raise exception 'a referral cannot be deleted or reassigned, and its status moves only forward'
        using
            errcode = 'check_violation',
            hint = 'The first referral of a user counts; disqualify it if it is not valid.';
end
$$;

comment on function private.guard_affiliate_referral() is
    'Reject deletes, reassignments and backward status changes of a referral; only deleting an account sets its user or affiliate account to null.';

revoke all on function private.guard_affiliate_referral() from public;
