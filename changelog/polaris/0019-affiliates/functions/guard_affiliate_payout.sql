create or replace function private.guard_affiliate_payout()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    moving text[] := array['status', 'tx_ref', 'failure_reason', 'approved_at', 'paid_at', 'updated_at', 'affiliate_user_id', 'payout_method'];
begin
    if tg_op = 'INSERT' and new.status = 'scheduled' then
        new.payout_method := (select a.payout_method from public.affiliates as a where a.id = new.affiliate_id);
        return new;
    end if;
    if tg_op = 'UPDATE' then
        new.payout_method := case when new.affiliate_user_id is null and old.affiliate_user_id is not null then '{}' else new.payout_method end;
    end if;
    if tg_op = 'UPDATE'
        and to_jsonb(new) - moving = to_jsonb(old) - moving
        and (new.payout_method = old.payout_method or new.payout_method = '{}' and new.affiliate_user_id is null)
        and (new.affiliate_user_id is null or new.affiliate_user_id is not distinct from old.affiliate_user_id)
        and (
            (new.status, new.tx_ref, new.failure_reason) is not distinct from (old.status, old.tx_ref, old.failure_reason)
            or (old.status, new.status) in (
                ('scheduled', 'approved'), ('scheduled', 'canceled'), ('approved', 'processing'), ('approved', 'canceled'),
                ('processing', 'paid'), ('processing', 'failed')
            )
        )
    then
        new.approved_at := case when new.status = 'approved' then coalesce(old.approved_at, now()) else old.approved_at end;
        new.paid_at := case when new.status = 'paid' then coalesce(old.paid_at, now()) end;
        return new;
    end if;
    raise exception 'a payout starts as scheduled and allows only certain status changes'
        using
            errcode = 'check_violation',
            hint = 'scheduled → approved → processing → paid or failed; scheduled or approved → canceled.';
end
$$;

comment on function private.guard_affiliate_payout() is
    'Reject invalid status changes, other changes and deletes of a payout; set approved_at and paid_at, and payout_method to that of the affiliate, empty after the account is deleted.';

revoke all on function private.guard_affiliate_payout() from public;
