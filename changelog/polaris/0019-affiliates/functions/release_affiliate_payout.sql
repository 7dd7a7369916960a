create or replace function private.release_affiliate_payout()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.affiliate_commissions as c
    set payout_id = null
    where c.payout_id = new.id;
    return null;
end
$$;

comment on function private.release_affiliate_payout() is
    'Remove the commissions from a failed or canceled payout, so that the next payout can include them.';

revoke all on function private.release_affiliate_payout() from public;
