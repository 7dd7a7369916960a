package changelogs.polaris.practice;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Coach switches are limited by plan. Alice uses the demo coach on the free plan: 14 days between switches. */
class CoachSwitchTest {

    private static final String SWITCH = "select public.perform_coach_switch(?, ?)";
    private static final String SET = "select public.set_user_coach(?, ?, ?)";
    private static final String ASK = "select c.ok, c.reason, c.next_allowed_at is null as now from public.can_switch_coach(?, ?) as c";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session admin;

    @BeforeEach
    void alicePractisesWithTheDemoCoach() {
        owner = People.signUp(polaris);
        owner.update("insert into public.coaches (key, display_name, is_active) values ('second', 'Second coach', true), ('third', 'Third coach', true),"
                + " ('retired', 'Retired coach', false)");
        alice = polaris.as(ALICE);
        admin = polaris.as(ADMIN);
        alice.rows("select public.choose_coach(?)", People.COACH);
    }

    @Test
    void switchIsRecordedAndKeepsOpenSessions() {
        UUID session = alice.value(UUID.class, "select public.start_session(?)", ALICE.account());

        alice.rows(SWITCH, "second", "  For my exam. ");

        assertThat(coach(ALICE)).isEqualTo("second");
        assertThat(alice.rows("select user_id, from_coach, to_coach, reason, past_rule from public.coach_switches"))
                .containsExactly(row("user_id", ALICE.account(), "from_coach", "demo", "to_coach", "second", "reason", "For my exam.", "past_rule", false));
        assertThat(alice.value(String.class, "select coach_key || ' ' || metadata::text from public.events where name = 'coach_switched'"))
                .isEqualTo("second {\"from_coach\": \"demo\"}");
        assertThat(alice.value(String.class, "select coach_key from public.sessions where id = ?", session)).as("coach of the open session").isEqualTo("demo");
        assertThat(polaris.count("public.audit_logs")).as("audit_logs rows after a switch by the user").isEqualTo(trail());
    }

    @Test
    void firstChoiceIsNotASwitch() {
        Session bob = polaris.as(BOB);
        assertThat(ask(bob, BOB, "second")).isEqualTo("first_choice");

        bob.rows(SWITCH, "second", null);

        assertThat(coach(BOB)).isEqualTo("second");
        assertThat(polaris.count("public.coach_switches")).isZero();
        assertThat(bob.column(String.class, "select name from public.events")).containsExactly("coach_selected");
        bob.rows(SWITCH, "third", null);
        assertThat(coach(BOB)).as("coach after a switch right after the first choice").isEqualTo("third");
    }

    @Test
    void switchToTheSameCoachChangesNothing() {
        alice.rows(SWITCH, "second", null);
        alice.rows(SWITCH, "second", "Again.");
        owner.update("update public.coaches set is_active = false where key = 'second'");
        alice.rows(SWITCH, "second", null);

        assertThat(ask(alice, ALICE, "second")).isEqualTo("same_coach");
        assertThat(polaris.count("public.coach_switches")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retired", "nobody", ""})
    void thereIsNobodyToSwitchTo(String coach) {
        assertThatThrownBy(() -> alice.rows(SWITCH, coach, null)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> admin.rows(SET, ALICE.account(), coach, "Why.")).is(sqlState(NO_DATA_FOUND));
        assertThat(ask(alice, ALICE, coach)).isEqualTo("no_coach");
        assertThat(coach(ALICE)).isEqualTo("demo");
    }

    @Test
    void nullCoachIsRejected() {
        assertThatThrownBy(() -> alice.rows("select public.perform_coach_switch(null)")).is(sqlState(NO_DATA_FOUND));
        assertThat(ask(alice, ALICE, null)).isEqualTo("no_coach");
        assertThat(coach(ALICE)).isEqualTo("demo");
    }

    /** Ages of earlier switches in hours, and the result of another switch now. */
    @ParameterizedTest
    @CsvSource({
        "free, '', allowed, 0",
        "free, 335, cooldown, 1",
        "free, 336, allowed, 1",
        "free, '336 719', max_switches_30d, 2",
        "free, '336 720', allowed, 1",
        "free, '1 2', max_switches_30d, 2",
        "pro, 71, cooldown, 1",
        "pro, 72, allowed, 1",
        "pro, '100 200 300 400 500 600 700', allowed, 7",
        "pro, '100 200 300 400 500 600 700 719', max_switches_30d, 8",
        "vip, 0, allowed, 1",
    })
    void theRuleOfThePlanHolds(String tier, String hoursAgo, String answer, int counted) {
        People.tier(owner, ALICE, tier);
        for (String hours : hoursAgo.isEmpty() ? new String[0] : hoursAgo.split(" ")) {
            past(hours, false);
        }
        assertThat(ask(alice, ALICE, "second")).isEqualTo(answer);
        assertThat(alice.value(Integer.class, "select public.coach_switches_30d(?)", ALICE.account())).isEqualTo(counted);
        Map<String, Object> status = alice.rows("select tier, switches_30d, can_switch, next_allowed_at, active_coach_key from public.v_coach_switch_status").get(0);
        assertThat(status).containsEntry("tier", tier).containsEntry("switches_30d", counted).containsEntry("can_switch", answer.equals("allowed"))
                .containsEntry("active_coach_key", "demo");
        assertThat(status.get("next_allowed_at")).isEqualTo(alice.rows("select public.coach_next_allowed_at(?) as at", ALICE.account()).get(0).get("at"));

        if (answer.equals("allowed")) {
            assertThat(status.get("next_allowed_at")).isNull();
            alice.rows(SWITCH, "second", null);
            assertThat(coach(ALICE)).isEqualTo("second");
        } else {
            assertThatThrownBy(() -> alice.rows(SWITCH, "second", null)).is(sqlState(WRONG_STATE)).hasMessageContaining("Next at 20");
            assertThat(coach(ALICE)).isEqualTo("demo");
            assertThat(polaris.count("public.coach_switches")).isEqualTo(hoursAgo.split(" ").length);
        }
    }

    @Test
    void nextSwitchIsAllowedWhenBothRulesPermit() {
        past("340", false);
        past("700", false);

        assertThat(alice.value(Boolean.class, "select public.coach_next_allowed_at(?) between now() + interval '19 hours' and now() + interval '21 hours'", ALICE.account()))
                .as("allowed in 20 hours, when the older switch is 30 days old").isTrue();
        owner.update("update public.coach_switch_rules set cooldown_days = 20");
        assertThat(alice.value(Boolean.class, "select public.coach_next_allowed_at(?) between now() + interval '139 hours' and now() + interval '141 hours'", ALICE.account()))
                .as("allowed 480 hours after the later switch").isTrue();
    }

    @Test
    void ruleFollowsTheCurrentEntitlement() {
        past("80", false);
        assertThat(ask(alice, ALICE, "second")).isEqualTo("cooldown");
        owner.update("insert into public.entitlements (user_id, plan_code, source, source_ref, starts_at, ends_at) values (?, 'pro', 'promo', 'x', now() - interval '2 days', now() + interval '1 day')",
                ALICE.account());
        assertThat(ask(alice, ALICE, "second")).isEqualTo("allowed");
        owner.update("update public.entitlements set ends_at = now() - interval '1 second'");
        owner.update("update public.profiles set tier = 'vip' where id = ?", ALICE.account());

        assertThat(ask(alice, ALICE, "second")).as("profiles.tier is ignored").isEqualTo("cooldown");
    }

    @Test
    void planWithoutSwitchesAllowsNone() {
        owner.update("update public.coach_switch_rules set max_switches_30d = 0 where tier = 'free'");
        assertThat(ask(alice, ALICE, "second")).isEqualTo("not_in_plan");
        assertThatThrownBy(() -> alice.rows(SWITCH, "second", null)).is(sqlState(WRONG_STATE)).hasMessageContaining("does not allow coach switches");

        owner.update("delete from public.coach_switch_rules");
        assertThat(ask(alice, ALICE, "second")).as("plan without a rule").isEqualTo("not_in_plan");
        assertThatThrownBy(() -> alice.rows(SWITCH, "second", null)).is(sqlState(WRONG_STATE));
        assertThat(alice.value(Boolean.class, "select can_switch from public.v_coach_switch_status")).isFalse();
    }

    @Test
    @OfItsOwn
    void onlyOneOfTwoConcurrentSwitchesSucceeds() throws SQLException {
        Connection before = polaris.operator().connection();
        before.setAutoCommit(false);
        try (Statement statement = before.createStatement()) {
            statement.execute("select from public.profiles where id = '" + ALICE.account() + "' for update");
            List<CompletableFuture<Boolean>> both = Stream.of("second", "third").map(to -> {
                Session session = polaris.as(ALICE);
                return Meanwhile.get(() -> {
                    try {
                        session.rows(SWITCH, to, null);
                        return true;
                    } catch (RuntimeException refused) {
                        assertThat(refused).is(sqlState(WRONG_STATE));
                        return false;
                    }
                });
            }).toList();
            polaris.awaitWaiting(2);
            before.commit();

            assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
        }
        assertThat(alice.value(String.class, "select to_coach from public.coach_switches")).isEqualTo(coach(ALICE));
    }

    @Test
    void adminsAndTheServiceSetACoachDespiteTheRule() {
        alice.rows(SWITCH, "second", null);
        assertThat(ask(alice, ALICE, "third")).isEqualTo("cooldown");
        int before = alice.value(Integer.class, "select public.coach_switches_30d(?)", ALICE.account());

        admin.rows(SET, ALICE.account(), "third", "Her exam is tomorrow.");
        admin.rows(SET, ALICE.account(), "third", "Twice.");
        polaris.as(SERVICE).rows(SET, BOB.account(), "second", "Moved from the old app.");

        assertThat(coach(ALICE)).isEqualTo("third");
        assertThat(coach(BOB)).isEqualTo("second");
        assertThat(alice.value(Integer.class, "select public.coach_switches_30d(?)", ALICE.account())).as("switches that count for the rule").isEqualTo(before);
        assertThat(owner.rows("select actor_user_id, actor_role, patch -> 'reason' ->> 1 as why from public.audit_logs where table_name = 'public.coach_switches' order by created_at, xmin::text::bigint"))
                .containsExactly(row("actor_user_id", ADMIN.account(), "actor_role", "authenticated", "why", "Her exam is tomorrow."),
                        row("actor_user_id", null, "actor_role", "service_role", "why", "Moved from the old app."));
        assertThat(alice.column(Boolean.class, "select past_rule from public.coach_switches order by switched_at")).containsExactly(false, true);

        for (Caller caller : new Caller[] {ALICE, BOB, ANON}) {
            assertThatThrownBy(() -> polaris.as(caller).rows(SET, ALICE.account(), "second", "Mine.")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> admin.rows(SET, UUID.randomUUID(), "second", "Why.")).is(sqlState(NO_DATA_FOUND));
        for (String reason : new String[] {null, "", "  ", "x".repeat(1001)}) {
            assertThatThrownBy(() -> admin.rows(SET, ALICE.account(), "second", reason)).is(sqlState(INVALID_PARAMETER));
        }
    }

    @Test
    void reasonHasALengthLimit() {
        assertThatThrownBy(() -> alice.rows(SWITCH, "second", "x".repeat(1001))).is(sqlState(INVALID_PARAMETER));
        alice.rows(SWITCH, "second", "   ");
        assertThat(alice.rows("select reason from public.coach_switches").get(0).get("reason")).isNull();
    }

    @Test
    void usersCannotReadSwitchesOfOthers() {
        past("1", false);
        Session bob = polaris.as(BOB);
        assertThat(bob.rows(ASK, ALICE.account(), "second")).isEmpty();
        assertThat(bob.rows(ASK, null, "second")).isEmpty();
        assertThat(bob.rows("select public.coach_next_allowed_at(?) as at", ALICE.account()).get(0).get("at")).isNull();
        assertThat(bob.rows("select public.coach_switches_30d(?) as n", ALICE.account()).get(0).get("n")).isNull();
        assertThat(bob.column(UUID.class, "select user_id from public.v_coach_switch_status")).containsExactly(BOB.account());
        assertThat(bob.rows("select * from public.coach_switches")).isEmpty();

        for (Caller staff : new Caller[] {ADMIN, SERVICE}) {
            Session session = polaris.as(staff);
            assertThat(ask(session, ALICE, "second")).isEqualTo("cooldown");
            assertThat(session.value(Integer.class, "select public.coach_switches_30d(?)", ALICE.account())).isOne();
            assertThat(session.value(Boolean.class, "select public.coach_next_allowed_at(?) > now()", ALICE.account())).isTrue();
            assertThat(session.column(UUID.class, "select user_id from public.v_coach_switch_status where not can_switch")).containsExactly(ALICE.account());
            assertThat(session.rows("select * from public.coach_switches")).hasSize(1);
        }
        assertThatThrownBy(() -> polaris.as(SERVICE).rows(SWITCH, "second", null)).as("switch by the service for itself").is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String call : List.of("public.can_switch_coach('%s', 'second')", "public.coach_next_allowed_at('%s')", "public.coach_switches_30d('%s')",
                "public.perform_coach_switch('second')", "public.v_coach_switch_status", "public.coach_switches", "public.coach_switch_rules")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from " + call.formatted(ALICE.account()))).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void callerWithoutAProfileCannotSwitch() {
        Session nobody = polaris.as(new Caller("authenticated", UUID.randomUUID()));
        for (String coach : List.of("second", "no such coach")) {
            assertThatThrownBy(() -> nobody.rows(SWITCH, coach, null)).as(coach).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(nobody.rows("select * from public.v_coach_switch_status")).isEmpty();
    }

    @Test
    void switchesAreWrittenOnlyByFunctions() {
        past("1", false);
        for (String change : List.of("delete from public.coach_switches", "update public.coach_switches set switched_at = now() - interval '1 year'", "truncate public.coach_switches",
                "insert into public.coach_switches (user_id, from_coach, to_coach) values ('" + ALICE.account() + "', 'demo', 'second')")) {
            for (Caller caller : new Caller[] {ALICE, BOB, ADMIN, SERVICE}) {
                assertThatThrownBy(() -> polaris.as(caller).update(change)).as("%s by %s", change, caller).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
            if (!change.startsWith("insert")) {
                assertThatThrownBy(() -> owner.update(change)).as("%s by its owner", change).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> alice.update("update public.profiles set active_coach_key = 'second'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.update("insert into public.coach_switches (user_id, from_coach, to_coach) values (?, 'demo', 'demo')", ALICE.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("insert into public.coach_switches (user_id, to_coach) values (?, 'demo')", ALICE.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("insert into public.coach_switches (user_id, from_coach, to_coach, past_rule) values (?, 'demo', 'second', true)", ALICE.account()))
                .is(sqlState(CHECK_VIOLATION));

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.coach_switches")).as("switches of a deleted account").isZero();
    }

    @Test
    void adminsChangeRulesAndChangesAreAudited() {
        assertThat(alice.column(String.class, "select tier from public.coach_switch_rules order by cooldown_days")).containsExactly("vip", "pro", "free");
        assertThat(alice.update("update public.coach_switch_rules set cooldown_days = 0")).isZero();
        assertThatThrownBy(() -> alice.update("insert into public.coach_switch_rules (tier, cooldown_days, max_switches_30d) values ('free', 0, 9)")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(admin.update("update public.coach_switch_rules set cooldown_days = 1 where tier = 'free'")).isOne();
        assertThatThrownBy(() -> admin.update("delete from public.coach_switch_rules")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(owner.value(UUID.class, "select actor_user_id from public.audit_logs where table_name = 'public.coach_switch_rules' and action = 'update'")).isEqualTo(ADMIN.account());
        for (String rule : List.of("cooldown_days = -1", "cooldown_days = 366", "max_switches_30d = -1", "max_switches_30d = 1001")) {
            assertThatThrownBy(() -> admin.update("update public.coach_switch_rules set " + rule)).as(rule).is(sqlState(CHECK_VIOLATION));
        }
        owner.update("delete from public.coach_switch_rules where tier = 'vip'");
        assertThat(admin.update("insert into public.coach_switch_rules (tier, cooldown_days, max_switches_30d) values ('vip', 0, 30)")).as("reinserted rule").isOne();
    }

    @Test
    void readsUseTheIndexWithManySwitches() {
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.profiles (id) select md5('person' || i)::uuid from generate_series(1, 20000) as i;
                insert into public.coach_switches (user_id, from_coach, to_coach, switched_at)
                    select md5('person' || 1 + i % 20000)::uuid, 'demo', 'second', now() - i * interval '1 minute' from generate_series(1, 40000) as i;
                """);
        operator.script("analyze public.profiles, public.coach_switches");

        assertThat(alice.plan("select * from public.coach_switches order by switched_at desc limit 20")).contains("idx_coach_switches_user_id_switched_at").doesNotContain("Seq Scan");
        assertThat(alice.plan("select * from public.v_coach_switch_status")).contains("profiles_pkey").doesNotContain("Seq Scan");
        assertThat(operator.plan("select s.switched_at from public.coach_switches as s where s.user_id = '" + ALICE.account()
                + "' and s.switched_at > now() - interval '720 hours' and not s.past_rule order by s.switched_at desc"))
                .as("query of the rule").contains("idx_coach_switches_user_id_switched_at");
    }

    private void past(String hoursAgo, boolean pastRule) {
        owner.update("insert into public.coach_switches (user_id, from_coach, to_coach, past_rule, switched_at) values (?, 'third', 'demo', ?, now() - ?::interval)",
                ALICE.account(), pastRule, hoursAgo + " hours");
    }

    private String ask(Session session, Caller about, String coach) {
        Map<String, Object> answer = session.rows(ASK, about.account(), coach).get(0);
        String reason = (String) answer.get("reason");
        assertThat(answer.get("ok")).as(reason).isEqualTo(List.of("allowed", "first_choice", "same_coach").contains(reason));
        assertThat(answer.get("now")).as(reason).isEqualTo(!List.of("cooldown", "max_switches_30d", "not_in_plan").contains(reason));
        return reason;
    }

    private String coach(Caller of) {
        return owner.value(String.class, "select active_coach_key from public.profiles where id = ?", of.account());
    }

    private long trail() {
        return owner.value(Long.class, "select count(*) from public.audit_logs where table_name <> 'public.coach_switches'");
    }
}
