-- Reads of affiliates and staff, and queries of the jobs. The comment before each query names the callers and the indexes of its plan.

-- alice: idx_affiliate_clicks_visible
select * from public.v_affiliate_clicks_daily;

-- alice: idx_affiliate_referrals_visible
select id from public.affiliate_referrals order by attached_at desc limit 20;

-- alice: idx_affiliate_commissions_visible
select * from public.v_affiliate_commissions order by created_at desc limit 20;

-- alice: idx_affiliate_commissions_visible
select * from public.v_affiliate_balances;

-- alice: idx_affiliate_payouts_visible
select * from public.affiliate_payouts order by scheduled_at desc;

-- alice: idx_affiliates_visible
select * from public.affiliates;

-- alice: idx_affiliate_links_visible
select * from public.affiliate_links;

-- admin: idx_affiliate_clicks_link_id_clicked_at
select clicked_at from public.affiliate_clicks where link_id = '{public.affiliate_links.id}' order by clicked_at desc limit 20;

-- admin: idx_affiliates_pending
select id from public.affiliates where status = 'pending' order by created_at limit 20;

-- operator: affiliate_commissions_accrued_key
select from public.affiliate_commissions where provider = 'paypal' and payment_ref = 'p1' and kind = 'accrued';

-- operator: idx_affiliate_commissions_
select sum(amount_minor) from public.affiliate_commissions
where affiliate_id = '{public.affiliates.id}' and currency_code = 'PHP' and payout_id is null;

-- operator: affiliate_referrals_user_id_key
select from public.affiliate_referrals where user_id = '{public.affiliate_referrals.user_id}';
