package changelogs.polaris.money;

import changelogs.testing.Caller;
import changelogs.testing.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Provider reports as the service submits them, and the invariants of the ledger. */
final class Money {

    private Money() {
    }

    /** Creates a report; the keys are columns of payment_events. */
    static Map<String, Object> report(String provider, String event, String type, Object... more) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("provider", provider);
        report.put("event_id", event);
        report.put("event_type", type);
        report.put("occurred_at", "2026-03-01T00:00:00Z");
        for (int i = 0; i < more.length; i += 2) {
            report.put((String) more[i], more[i + 1]);
        }
        return report;
    }

    static String record(Session service, Map<String, Object> report) {
        return service.value(String.class, "select public.record_payment_event(?::jsonb)", json(report));
    }

    /** Returns the tier in the user's profile. */
    static String tier(Session owner, Caller caller) {
        return owner.value(String.class, "select tier from public.profiles where id = ?", caller.account());
    }

    /** Ledger accounts with a balance other than zero. */
    static String balances(Session owner) {
        return owner.rows("select account_code as a, sum(amount_minor) as s from public.ledger_postings group by 1 having sum(amount_minor) <> 0 order by 1").toString();
    }

    private static String json(Map<String, Object> report) {
        return report.entrySet().stream().filter(entry -> entry.getValue() != null)
                .map(entry -> "\"" + entry.getKey() + "\":" + (entry.getValue() instanceof Number || entry.getValue() instanceof Boolean ? entry.getValue() : "\"" + entry.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Violated invariants of the ledger, in words; empty if all hold. */
    static List<String> wrong(Session operator) {
        return operator.column(String.class, """
                select 'the books do not balance in ' || currency_code
                from public.ledger_postings group by currency_code having sum(amount_minor) <> 0
                union all
                select 'entry ' || e.id || ' does not add up'
                from public.ledger_entries as e left join public.ledger_postings as p on p.entry_id = e.id
                group by e.id, e.amount_minor
                having count(*) <> 2 or sum(p.amount_minor) <> 0 or max(p.amount_minor) <> e.amount_minor
                union all
                select 'report ' || e.event_id || ' is applied and not booked'
                from public.payment_events as e
                where e.status = 'applied' and e.amount_minor is not null and not exists (select from public.ledger_entries as l where l.payment_event_id = e.id)
                union all
                select 'dispute ' || d.object_ref || ' ended for more than it withholds'
                from public.ledger_entries as d
                where d.kind in ('disputed', 'dispute_won', 'dispute_lost')
                group by d.payment_id, d.object_ref
                having sum(d.amount_minor) filter (where d.kind <> 'disputed')
                    > coalesce(max(d.amount_minor) filter (where d.kind = 'disputed'), max(d.amount_minor))
                union all
                select 'payment ' || p.payment_ref || ' does not show what its entries add up to'
                from public.payments as p
                left join public.ledger_entries as e on e.payment_id = p.id
                group by p.id
                having p.captured_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'captured'), 0)
                    or p.refunded_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'refunded'), 0)
                    or p.lost_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'dispute_lost'), 0)
                union all
                select 'payment ' || p.payment_ref || ' holds ' || coalesce(count(e.id), 0) || ' entitlements in force'
                from public.payments as p
                left join public.entitlements as e on e.source = p.provider and e.source_ref = p.payment_ref and e.revoked_at is null
                where p.user_id is not null and p.plan_code is not null
                group by p.id
                having count(e.id) <> case when p.captured_at is not null
                    and p.captured_minor - p.refunded_minor - p.disputed_minor - p.lost_minor > 0 then 1 else 0 end
                union all
                select 'profile ' || p.id || ' is ' || p.tier || ' and not ' || private.get_tier_at(p.id, clock_timestamp())
                from public.profiles as p where p.tier <> private.get_tier_at(p.id, clock_timestamp())
                """);
    }
}
