package changelogs.polaris.content;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access to content: admins write it, learners read published rows, visitors read only active coaches. */
class ContentAccessTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        owner.update("insert into public.coaches (key, display_name, is_active) values ('retired_one', 'Retired', false)");
    }

    @Test
    void visitorsSeeOnlyActiveCoaches() {
        assertThat(polaris.as(ANON).column(String.class, "select key from public.coaches")).contains(COACH).doesNotContain("retired_one");
        for (String table : List.of("rubrics", "catalogs", "drills", "sessions", "attempts", "events", "feature_flags", "settings", "audit_logs", "reports", "daily_usage")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String change : List.of("insert into public.coaches (key, display_name) values ('mine', 'Mine')", "update public.coaches set tagline = 'x'",
                "delete from public.coaches", "truncate public.coaches")) {
            assertThatThrownBy(() -> polaris.as(ANON).update(change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "coaches|insert into public.coaches (key, display_name) values ('mine', 'Mine')|tagline = 'x'",
        "rubrics|insert into public.rubrics (title, spec) values ('Mine', '{}')|title = 'x'",
        "catalogs|insert into public.catalogs (coach_key, title) values ('demo', 'Mine')|title = 'x'",
        "drills|insert into public.drills (coach_key, type, title, prompt) values ('demo', 'qbank', 'Mine', 'Do it.')|title = 'x'",
        "feature_flags|insert into public.feature_flags (key) values ('mine')|enabled = true",
        "settings|insert into public.settings (key, value) values ('mine', '1')|description = 'x'"})
    void contentIsWrittenByAdminsAlone(String table, String insert, String change) {
        assertThatThrownBy(() -> polaris.as(ALICE).update(insert)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        assertThat(polaris.as(ADMIN).update(insert)).isOne();
        assertThat(polaris.as(ALICE).update("update public." + table + " set " + change)).isZero();
        assertThat(polaris.as(ALICE).update("delete from public." + table)).isZero();
        assertThat(polaris.as(ADMIN).update("update public." + table + " set " + change)).isPositive();
        if (!table.equals("coaches")) {
            assertThat(polaris.as(ADMIN).update("delete from public." + table)).isPositive();
        }
    }

    @Test
    void coachWithContentCanBeDeactivatedButNotDeleted() {
        assertThatThrownBy(() -> polaris.as(ADMIN).update("delete from public.coaches where key = ?", COACH)).is(sqlState(FOREIGN_KEY_VIOLATION));
        assertThat(polaris.as(ADMIN).update("update public.coaches set is_active = false where key = ?", COACH)).isOne();
        assertThat(polaris.as(ALICE).rows("select from public.coaches where key = ?", COACH)).isEmpty();
    }

    @Test
    void learnersSeeOnlyPublishedContent() {
        for (String state : List.of("draft", "auto_qa", "in_review", "approved", "published", "deprecated")) {
            owner.update("insert into public.catalogs (coach_key, title, state) values ('demo', ?, ?)", state, state);
            owner.update("insert into public.rubrics (coach_key, title, spec, state) values ('demo', ?, '{}', ?)", state, state);
            People.drill(owner, UUID.randomUUID(), false, state);
        }
        owner.update("insert into public.catalogs (coach_key, title, state, is_public) values ('demo', 'hidden', 'published', false)");
        owner.update("insert into public.feature_flags (key, is_public) values ('seen', true), ('hidden', false)");

        Session alice = polaris.as(ALICE);
        assertThat(alice.column(String.class, "select title from public.catalogs where coach_key = 'demo'")).containsExactlyInAnyOrder("approved", "published");
        assertThat(alice.column(String.class, "select title from public.rubrics where coach_key = 'demo'")).containsExactlyInAnyOrder("approved", "published");
        assertThat(alice.column(String.class, "select distinct state from public.drills")).containsExactlyInAnyOrder("approved", "published");
        assertThat(alice.column(String.class, "select key from public.feature_flags")).containsExactly("seen");
        assertThat(alice.rows("select from public.settings")).isEmpty();
        assertThat(polaris.as(ADMIN).column(String.class, "select title from public.catalogs where coach_key = 'demo'")).hasSize(7);
    }

    @Test
    void rubricVersionIsUnique() {
        owner.update("insert into public.rubrics (title, spec) values ('Clarity', '{}')");

        assertThatThrownBy(() -> owner.update("insert into public.rubrics (title, spec) values ('Clarity', '{}')")).is(sqlState(UNIQUE_VIOLATION));
        assertThat(owner.update("insert into public.rubrics (title, spec, version) values ('Clarity', '{}', 2)")).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"key|'Not Plain'", "display_name|''"})
    void coachIsNamedPlainly(String column, String value) {
        assertThatThrownBy(() -> owner.update("update public.coaches set " + column + " = " + value + " where key = 'retired_one'")).is(sqlState(CHECK_VIOLATION));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"type|'essay'", "state|'Published'", "difficulty|6", "difficulty|0", "time_estimate_minutes|0", "slug|'A b'", "prompt|''"})
    void drillIsOfAKindThatTheAppKnows(String column, String value) {
        assertThatThrownBy(() -> owner.update("update public.drills set " + column + " = " + value)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void clientsCannotSetUpdatedAt() {
        String write = "update public.coaches set updated_at = '1999-01-01', tagline = 'x' where key = ?";
        assertThatThrownBy(() -> polaris.as(ADMIN).update(write, COACH)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(SERVICE).update(write, COACH)).isOne();
        assertThat(owner.value(Boolean.class, "select updated_at > now() - interval '1 minute' from public.coaches where key = ?", COACH)).isTrue();
    }

    @Test
    void serviceUpdatesContent() {
        assertThat(polaris.as(SERVICE).update("update public.drills set title = 'Renamed'")).isPositive();
    }

    @Test
    void auditLogRecordsActorAndChange() {
        polaris.as(ADMIN).update("insert into public.settings (key, value) values ('recap_hour', '7')");
        polaris.as(ADMIN).update("update public.settings set value = '8' where key = 'recap_hour'");
        polaris.as(SERVICE).update("delete from public.settings where key = 'recap_hour'");

        assertThat(polaris.as(ADMIN).rows("select actor_user_id::text as who, actor_role as role, action, row_id, patch -> 'value' #>> '{}' as value"
                + " from public.audit_logs where table_name = 'public.settings' order by created_at, xmin::text::bigint"))
                .containsExactly(row("who", ADMIN.account().toString(), "role", "authenticated", "action", "insert", "row_id", "recap_hour", "value", "[null, 7]"),
                        row("who", ADMIN.account().toString(), "role", "authenticated", "action", "update", "row_id", "recap_hour", "value", "[7, 8]"),
                        row("who", null, "role", "service_role", "action", "delete", "row_id", "recap_hour", "value", "[8, null]"));
        assertThat(polaris.as(ALICE).rows("select from public.audit_logs")).isEmpty();
    }

    @Test
    void eventsAndAuditLogsAreAppendOnly() {
        polaris.as(ALICE).rows("select public.log_event('coach_opened')");
        polaris.as(ADMIN).update("insert into public.settings (key, value) values ('a_b', '1')");

        for (String log : List.of("events", "audit_logs")) {
            for (String change : List.of("update public.%s set created_at = now()", "delete from public.%s", "truncate public.%s")) {
                assertThatThrownBy(() -> owner.script(change.formatted(log))).as(change, log).is(sqlState(INSUFFICIENT_PRIVILEGE));
                assertThatThrownBy(() -> polaris.as(SERVICE).update(change.formatted(log))).as(change, log).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> owner.update("update public.events set user_id = null, name = 'other_thing'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.update("update public.events set user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void onlyAdminsReadEventsWithoutAUser() {
        polaris.as(SERVICE).update("insert into public.events (name) values ('app_opened')");

        assertThat(polaris.as(ADMIN).column(String.class, "select name from public.events where user_id is null")).containsExactly("app_opened");
        assertThat(polaris.as(ALICE).rows("select from public.events")).isEmpty();
    }

    @Test
    void clientsLogOwnEventsButNoReservedNames() {
        owner.update("update public.profiles set country_code = 'PH' where id = ?", ALICE.account());
        polaris.as(ALICE).rows("select public.log_event('vocab_saved', '{\"count\": 3}')");

        assertThat(polaris.as(ALICE).rows("select user_id::text as who, tier, country_code, metadata ->> 'count' as count from public.events"))
                .containsExactly(row("who", ALICE.account().toString(), "tier", "free", "country_code", "PH", "count", "3"));
        assertThat(polaris.as(BOB).rows("select from public.events")).isEmpty();
        for (String name : List.of("payment_succeeded", "plan_upgraded", "entitlement_granted", "role_changed",
                "practice_completed", "practice_started", "coach_switched", "expression_kept", "assignment_completed", "ticket_opened", "diagnostic_completed")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.log_event(?)", name)).as(name).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.log_event('Banana')")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.log_event('too_much', jsonb_build_object('x', repeat('0123456789abcdef', 100000)))"))
                .is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.log_event('vocab_saved')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.events (name, user_id) values ('vocab_saved', ?)", BOB.account()))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void usersReportContentAsThemselvesAndAdminsHandleReports() {
        String report = "select public.report_content('drills', ?, 'A word is wrong.')";
        UUID filed = polaris.as(ALICE).value(UUID.class, report, People.DRILL);
        assertThat(polaris.as(ALICE).value(UUID.class, report, People.DRILL)).as("the same while it is open").isEqualTo(filed);
        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.reports (user_id, target_table, target_id, reason) values (auth.uid(), 'drills', ?, 'x')", People.DRAFT_DRILL))
                .as("past the function").is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (UUID unseen : new UUID[] {People.DRAFT_DRILL, UUID.randomUUID(), null}) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows(report, unseen)).is(sqlState(NO_DATA_FOUND));
        }
        UUID session = polaris.as(BOB).value(UUID.class, "select public.start_session(auth.uid())");
        UUID attempt = polaris.as(BOB).value(UUID.class, "insert into public.attempts (session_id, user_id, prompt) values (?, auth.uid(), 'x') returning id", session);
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.report_content('attempts', ?, 'x')", attempt)).as("an attempt of another user").is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.report_content('profiles', ?, 'x')", BOB.account())).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ANON).rows(report, People.DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.reports set reason = 'x'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ALICE).update("update public.reports set status = 'dismissed'")).isZero();
        assertThat(polaris.as(BOB).rows("select from public.reports")).isEmpty();
        assertThatThrownBy(() -> polaris.as(ADMIN).update("update public.reports set handled_at = '1970-01-01'")).is(sqlState(INSUFFICIENT_PRIVILEGE));

        String handle = "update public.reports set status = 'handled', handled_by = ?";
        assertThatThrownBy(() -> polaris.as(ADMIN).update(handle, BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ADMIN).update("update public.reports set status = 'handled', handled_by = null")).isOne();
        assertThat(polaris.as(ADMIN).update("update public.reports set handled_by = null")).isOne();
        assertThat(polaris.as(ADMIN).rows("select handled_by, handled_at > now() - interval '1 minute' as just_now from public.reports"))
                .as("handled_by and handled_at are set by the trigger").containsExactly(Map.of("handled_by", ADMIN.account(), "just_now", true));
        assertThat(polaris.as(ADMIN).update("update public.reports set status = 'open'")).isOne();
        assertThat(polaris.as(SERVICE).update("update public.reports set status = 'handled'")).isOne();
        assertThat(owner.rows("select from public.reports where handled_by is null and handled_at is not null")).hasSize(1);

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.as(ADMIN).column(String.class, "select status from public.reports where user_id is null")).containsExactly("handled");
    }
}
