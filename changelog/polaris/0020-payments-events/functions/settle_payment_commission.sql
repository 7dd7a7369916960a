create or replace function private.settle_payment_commission()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.settle_affiliate_commission(
        new.provider, new.payment_ref, new.user_id, new.currency_code,
        greatest(new.captured_minor - new.refunded_minor - new.lost_minor, 0),
        new.captured_at,
        -- True once per payment: when it is captured and its user is known.
        new.user_id is not null and (old.captured_minor = 0 or old.user_id is null)
    );
    return null;
end
$$;

comment on function private.settle_payment_commission() is 'Update the affiliate''s commission in the transaction that settles the payment.';

revoke all on function private.settle_payment_commission() from public;
