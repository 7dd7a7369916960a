package changelogs.polaris.money;

import changelogs.testing.Caller;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;

/** An affiliate program with referrals, and the invariants of commissions. */
final class Referrals {

    static final String CURRENCY = "PHP";

    private Referrals() {
    }

    /** Creates a program with 10 % commission, a minimum payout of 1000 and no hold period. */
    static void program(Session owner) {
        owner.update("insert into public.affiliate_programs (code, name, min_payout_minor, currency_code, hold_days) values ('partners', 'Partners', 1000, ?, 0)", CURRENCY);
    }

    /** Creates an affiliate approved by an admin. */
    static UUID active(Session owner, UUID account, String code) {
        UUID affiliate = owner.value(UUID.class, "insert into public.affiliates (user_id, program_id, code, payout_method)"
                + " select ?, id, ?, jsonb_build_object('bank', ?::text) from public.affiliate_programs returning id", account, code, code);
        owner.update("insert into public.affiliate_links (affiliate_id, affiliate_user_id, code) values (?, ?, ?)", affiliate, account, code);
        owner.update("update public.affiliates set status = 'active' where id = ?", affiliate);
        return affiliate;
    }

    static UUID active(Session owner, Caller caller, String code) {
        return active(owner, caller.account(), code);
    }

    /** Attaches a referral in the past, so that later payments count. */
    static UUID attached(Session owner, UUID affiliate, UUID account) {
        return owner.value(UUID.class, """
                insert into public.affiliate_referrals (affiliate_id, affiliate_user_id, user_id, link_id, attached_at)
                select a.id, a.user_id, ?, l.id, '2025-01-01' from public.affiliates as a join public.affiliate_links as l on l.affiliate_id = a.id where a.id = ? limit 1
                returning id
                """, account, affiliate);
    }

    /** Violated invariants of commissions, in words; empty if all hold. */
    static List<String> wrong(Session operator) {
        return operator.column(String.class, """
                select 'payment ' || c.payment_ref || ' earned ' || sum(c.amount_minor)
                from public.affiliate_commissions as c
                left join public.payments as p on p.provider = c.provider and p.payment_ref = c.payment_ref
                group by c.provider, c.payment_ref, p.id
                having sum(c.amount_minor) is distinct from
                        floor(greatest(p.captured_minor - p.refunded_minor - p.lost_minor, 0) * min(c.rate_bps)::numeric / 10000)
                    or count(*) filter (where c.kind = 'accrued') <> 1
                    or min(c.rate_bps) <> max(c.rate_bps) or min(c.currency_code) <> max(c.currency_code)
                    or min(c.affiliate_id::text) <> max(c.affiliate_id::text)
                union all
                select 'payout ' || p.id || ' is of ' || p.amount_minor || ' and holds ' || coalesce(sum(c.amount_minor), 0)
                from public.affiliate_payouts as p
                left join public.affiliate_commissions as c on c.payout_id = p.id
                group by p.id
                having coalesce(sum(c.amount_minor), 0) <> case when p.status in ('failed', 'canceled') then 0 else p.amount_minor end
                union all
                select 'affiliate ' || p.affiliate_id || ' has ' || count(*) || ' payouts on the way'
                from public.affiliate_payouts as p
                where p.status in ('scheduled', 'approved', 'processing')
                group by p.affiliate_id, p.currency_code
                having count(*) > 1
                union all
                select 'affiliate ' || p.affiliate_id || ' is paid more than was accrued'
                from public.affiliate_payouts as p
                where p.status not in ('failed', 'canceled')
                group by p.affiliate_id, p.currency_code
                having sum(p.amount_minor) > (
                    select sum(c.amount_minor)
                    from public.affiliate_commissions as c
                    where c.affiliate_id = p.affiliate_id and c.currency_code = p.currency_code and c.kind = 'accrued'
                )
                """);
    }
}
