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
    raise exception 'commissions cannot be changed or deleted'
        using
            errcode = 'insufficient_privilege',
            hint = 'A refund of the payment adds a reversal; a failed or canceled payout releases its commissions.';
end
$$;

comment on function private.guard_affiliate_commission() is
    'Reject changes and deletes of a commission, except that it joins a scheduled payout or leaves a failed or canceled one.';

revoke all on function private.guard_affiliate_commission() from public;
