create or replace function private.guard_affiliate_commission()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    moving text[] := array['payout_id', 'affiliate_user_id'];
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - moving = to_jsonb(old) - moving
        and (new.affiliate_user_id is null or new.affiliate_user_id is not distinct from old.affiliate_user_id)
        and (
            new.payout_id is not distinct from old.payout_id
            or old.payout_id is null and exists (select from public.affiliate_payouts as p where p.id = new.payout_id and p.status = 'scheduled')
            or new.payout_id is null and exists (select from public.affiliate_payouts as p where p.id = old.payout_id and p.status in ('failed', 'canceled'))
        )
    then
        return new;
    end if;
    raise exception 'a commission stays as it was earned'
        using
            errcode = 'insufficient_privilege',
            hint = 'A refund of the payment takes it back; a payout that failed or was canceled sets it free.';
end
$$;

comment on function private.guard_affiliate_commission() is
    'Refuses to rewrite or delete a commission; a payout takes it, and sets it free once failed or canceled.';

revoke all on function private.guard_affiliate_commission() from public;
