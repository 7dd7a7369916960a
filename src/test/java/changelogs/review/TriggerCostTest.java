package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cost of a trigger is the CPU time of writes, which a busy machine does not change. */
class TriggerCostTest {

    private static final Set<String> ORDERS = Set.of("public.orders");
    private static final Places NOWHERE = new Places(List.of(), List.of());
    private static final String TRIGGER = """
            create or replace function private.orders_written() returns trigger language plpgsql as $$ begin %s; return new; end $$
            """;
    private static final String WAIT = "if new.id % 50 = 0 then perform pg_sleep(0.05); end if";
    private static final String COMPUTE = "perform count(*) from generate_series(1, 3000) as i where md5(i::text) <> ''";

    private String base;
    private String head;

    @BeforeEach
    void createOrdersWithATrigger() {
        base = TestServer.get().newProject();
        trigger(base, "perform 1");
        try (Session operator = Session.in(base, Server.OPERATOR)) {
            operator.script("""
                    create table public.orders (id integer);
                    insert into public.orders select generate_series(1, 300);
                    create trigger orders_written before insert on public.orders for each row execute function private.orders_written();
                    """);
        }
        head = TestServer.get().copy(base);
    }

    @AfterEach
    void discard() {
        TestServer.get().discard(base);
        TestServer.get().discard(head);
    }

    @Test
    void slowBaseDoesNotHideTheCost() {
        trigger(base, WAIT);
        trigger(head, COMPUTE);

        assertThat(findings()).singleElement().satisfies(finding -> assertThat(finding.text()).startsWith("An insert into public.orders of 200 rows took "));
    }

    @Test
    void slowHeadIsNoCost() {
        trigger(head, WAIT);

        assertThat(findings()).isEmpty();
    }

    @Test
    void tablesWithAChangedTriggerFunctionAreMeasured() {
        try (Observer before = new Observer(base); Observer after = new Observer(head)) {
            trigger(head, COMPUTE);

            assertThat(TriggerCost.tables(ObjectChange.between(before.catalog(), after.catalog()), ORDERS, after.operator())).isEqualTo(ORDERS);
        }
    }

    private List<Finding> findings() {
        return TriggerCost.findings(TriggerCost.between(base, head, ORDERS), NOWHERE);
    }

    private static void trigger(String database, String statement) {
        try (Session operator = Session.in(database, Server.OPERATOR)) {
            operator.script("create schema if not exists private");
            operator.script(TRIGGER.formatted(statement));
        }
    }
}
