package changelogs.polaris;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.TOO_MANY_REQUESTS;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows of each kind a user may add per hour. */
class HourlyBudgetsTest {

    private static final String EVENT = "select public.log_event('screen_opened')";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
    }

    /** In the SQL, $session, $ticket, $pack and $assignment are ids of Alice's rows, and $item is the id of a recommended product. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "events | " + EVENT,
        "sessions | select public.start_session(auth.uid())",
        "attempts | insert into public.attempts (session_id, user_id, prompt) values ($session, auth.uid(), 'x') returning id",
        "assignment_attempts | select public.submit_assignment_attempt($assignment, '{}')",
        "diagnostic_runs | select public.cancel_diagnostic_run(public.diagnostic_start(auth.uid(), 'placement'))",
        "product_rec_events | select public.record_product_rec_event('click', 'home', $item)",
        "reports | select public.report_content('attempts', (select id from public.attempts offset (select count(*) from public.reports) limit 1), 'x')",
        "tickets | select public.open_ticket('Again', 'And again.')",
        "ticket_messages | select public.reply_ticket($ticket, 'And again.')",
        "practice_packs | insert into public.practice_packs (user_id) values (auth.uid()) returning id",
        "practice_pack_items | insert into public.practice_pack_items (pack_id, user_id, kind, notes, order_index) select $pack, auth.uid(), 'note', 'x', count(*)"
            + " from public.practice_pack_items returning id",
        "expression_favorites | insert into public.expression_favorites (user_id, item_id) select auth.uid(), id from public.practice_pack_items"
            + " where kind = 'upgrade' and id not in (select item_id from public.expression_favorites) limit 1 returning item_id",
        "saved_filters | insert into public.saved_filters (user_id, name) select auth.uid(), concat('Filter ', count(*)) from public.saved_filters returning id"})
    void userAddsNoMoreThanTheBudgetOfTheHour(String kind, String template) {
        String add = template.replace("$session", id("select public.start_session(auth.uid())")).replace("$ticket", id("select public.open_ticket('A', 'B')"))
                .replace("$pack", id("insert into public.practice_packs (user_id) values (auth.uid()) returning id"))
                .replace("$assignment", id(polaris.as(SERVICE), "select public.assign('" + ALICE.account() + "', p_drill => '" + People.DRILL + "')"))
                .replace("$item", id(owner, "insert into public.product_rec_items (title) values ('A course') returning id"));
        alice.update("insert into public.attempts (session_id, user_id, prompt) select id, user_id, 'x' from public.sessions, generate_series(1, 3)");
        alice.update("insert into public.practice_pack_items (pack_id, user_id, kind, original_text, revised_text, order_index)"
                + " select id, user_id, 'upgrade', 'x', 'y', 100 + i from public.practice_packs, generate_series(1, 4) as i");
        publishDiagnosticTest();
        owner.update("delete from private.hourly_usage");
        budget(kind, 2);
        alice.rows(add);
        alice.rows(add);
        long rows = polaris.count("public." + kind);

        assertThatThrownBy(() -> alice.rows(add)).is(sqlState(TOO_MANY_REQUESTS))
                .extracting(failed -> ((SqlFailed) failed).answer().hint()).asString().startsWith("Try again after ");

        assertThat(polaris.count("public." + kind)).isEqualTo(rows);
        owner.update("update private.hourly_usage set hour = hour - interval '1 hour'");
        assertThat(alice.rows(add)).as("in the next hour").hasSize(1);
        assertThat(owner.value(Integer.class, "select used::integer from private.hourly_usage where kind = ?", kind)).isOne();
    }

    private String id(String sql) {
        return id(alice, sql);
    }

    private static String id(Session session, String sql) {
        return "'" + session.value(UUID.class, sql) + "'";
    }

    private void publishDiagnosticTest() {
        owner.update("""
                with form as (insert into public.diagnostic_forms (coach_key, code, title) values (?, 'placement', 'Where you stand') returning id),
                    section as (insert into public.diagnostic_form_sections (form_id, idx, title) select id, 1, 'Greetings' from form returning id, form_id)
                insert into public.diagnostic_form_items (form_id, section_id, idx, kind, payload) select form_id, id, 1, 'inline', '{"prompt": "Greet me."}' from section
                """, People.COACH);
        owner.update("update public.diagnostic_forms set state = 'published'");
        // Lower plans limit how many runs a learner may start.
        People.tier(owner, ALICE, "vip");
    }

    private void budget(String kind, int rows) {
        polaris.as(ADMIN).update("update public.settings set value = value || jsonb_build_object(?, ?) where key = 'hourly_budgets'", kind, rows);
    }

    @Test
    void budgetHoldsForManyRowsOfOneStatement() {
        UUID session = alice.value(UUID.class, "select public.start_session(auth.uid())");
        String add = "insert into public.attempts (session_id, user_id, prompt) select ?, auth.uid(), 'x' from generate_series(1, ?)";
        assertThatThrownBy(() -> alice.update(add, session, 601)).is(sqlState(TOO_MANY_REQUESTS));
        assertThatThrownBy(() -> alice.rows("select public.log_event('screen_opened') from generate_series(1, 3000)")).is(sqlState(TOO_MANY_REQUESTS));

        assertThat(alice.update(add, session, 600)).isEqualTo(600);
    }

    @Test
    void coachStaffCannotExceedTheHourlyBudgetOfAssignments() {
        alice.rows("select public.choose_coach('demo')");
        polaris.as(ADMIN).update("insert into public.coach_staff (user_id, coach_key) values (?, 'demo')", BOB.account());
        budget("assignments", 2);
        String again = "select public.cancel_assignment(public.assign(?, p_drill => ?)) from generate_series(1, ?)";

        assertThatThrownBy(() -> polaris.as(BOB).rows(again, ALICE.account(), People.DRILL, 3)).is(sqlState(TOO_MANY_REQUESTS));
        assertThat(polaris.count("public.assignments")).isZero();
        assertThat(polaris.as(BOB).rows(again, ALICE.account(), People.DRILL, 2)).hasSize(2);
        assertThat(polaris.as(SERVICE).rows(again, ALICE.account(), People.DRILL, 3)).hasSize(3);
    }

    @Test
    void eachUserHasTheirOwnBudgetAndAdminsHaveNone() {
        budget("events", 1);
        alice.rows(EVENT);

        assertThatThrownBy(() -> alice.rows(EVENT)).is(sqlState(TOO_MANY_REQUESTS));
        assertThat(polaris.as(BOB).rows(EVENT)).hasSize(1);
        Session admin = polaris.as(ADMIN);
        budget("tickets", 1);
        for (int i = 0; i < 3; i++) {
            admin.rows(EVENT);
            polaris.as(SERVICE).rows("select public.open_ticket_for(?, 'Mail', 'Hello')", ALICE.account());
        }
        assertThatThrownBy(() -> alice.rows("select * from private.hourly_usage")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void kindWithoutABudgetHasOneOfAHundred() {
        for (String change : new String[] {"delete from public.settings where key = 'hourly_budgets'", "update public.settings set value = '{}' where key = 'hourly_budgets'"}) {
            owner.update("delete from private.hourly_usage");
            owner.update(change);
            alice.rows("select public.log_event('screen_opened') from generate_series(1, 100)");
            assertThatThrownBy(() -> alice.rows(EVENT)).as(change).is(sqlState(TOO_MANY_REQUESTS));
            owner.update("insert into public.settings (key, value) values ('hourly_budgets', '{}') on conflict do nothing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "{\"events\": \"many\"}", "{\"events\": 0}", "{\"events\": null}", "{\"events\": 1e9}", "{\"events\": {\"all\": 1}}"})
    void budgetsAreNumbers(String budgets) {
        assertThatThrownBy(() -> polaris.as(ADMIN).update("update public.settings set value = ?::jsonb where key = 'hourly_budgets'", budgets)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void eachTableWithACounterHasABudget() {
        TreeSet<String> budgets = new TreeSet<>(owner.column(String.class, "select jsonb_object_keys(value) from public.settings where key = 'hourly_budgets'"));
        budgets.remove("events");

        assertThat(new TreeSet<>(owner.column(String.class, "select tgrelid::regclass::text from pg_catalog.pg_trigger where tgfoid = 'private.limit_inserts()'::regprocedure")
                .stream().map(table -> table.replace("public.", "")).toList())).isEqualTo(budgets);
    }

    @Test
    void countsGoWithTheAccount() {
        alice.rows(EVENT);
        owner.update("delete from auth.users where id = ?", ALICE.account());

        assertThat(polaris.count("private.hourly_usage")).isZero();
    }
}
