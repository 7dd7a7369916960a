package changelogs.polaris.practice;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Adaptive practice: the next drill is harder after success and easier after failure, and always visible to the learner. */
class AdaptiveTest {

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session service;

    /** Creates drills on requests from level 0.05 to 0.95 in steps of 0.1. */
    @BeforeEach
    void calibrate() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        service = polaris.as(SERVICE);
        for (int i = 5; i < 100; i += 10) {
            UUID drill = drillAt(i);
            People.drill(owner, drill, false, "published");
            calibrate(drill, i / 100.0);
        }
    }

    @Test
    void drillsGetHarderAfterSuccessAndEasierAfterFailure() {
        level(ALICE, 0.5);
        level(BOB, 0.5);
        List<Integer> rising = new ArrayList<>();
        List<Integer> falling = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rising.add(practise(ALICE, 100));
            falling.add(practise(BOB, 0));
        }

        assertThat(rising).isSorted().doesNotHaveDuplicates().startsWith(55).allSatisfy(target -> assertThat(target).isGreaterThan(50));
        assertThat(falling).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates().last().satisfies(target -> assertThat(target).isLessThan(40));
        assertThat(levelOf(ALICE)).isGreaterThan(new BigDecimal("0.8"));
        assertThat(levelOf(BOB)).isLessThan(new BigDecimal("0.3"));
        assertThat(alice.value(Boolean.class, "select last_mastered is not null from public.adaptive_user_skill")).isTrue();
        assertThat(owner.value(Boolean.class, "select last_mastered is null from public.adaptive_user_skill where user_id = ?", BOB.account())).isTrue();
    }

    @Test
    void levelFollowsTheDocumentedFormula() {
        level(ALICE, 0.5);
        UUID drill = serve(ALICE);

        outcome(ALICE, drill, 90);

        // Shown: 0.55 + 0.9 - 0.5 = 0.95. Rate: 0.8 * (1 - 0.5) = 0.4. Level: 0.5 + 0.4 * 0.45. Confidence: 0.5 + 0.5 * 0.1.
        assertThat(alice.rows("select level_score, confidence, exposures from public.adaptive_user_skill"))
                .containsExactly(row("level_score", new BigDecimal("0.6800"), "confidence", new BigDecimal("0.5500"), "exposures", 1));
        assertThat(alice.rows("select status, outcome_score, duration_sec, level_after from public.adaptive_history"))
                .containsExactly(row("status", "answered", "outcome_score", new BigDecimal("90.00"), "duration_sec", 30, "level_after", new BigDecimal("0.6800")));
    }

    @Test
    void beginnerStartsWithTheEasiestDrill() {
        assertThat(serve(ALICE)).isEqualTo(drillAt(5));
    }

    @Test
    void servedDrillStaysOpenForAnHourAndCountsOnce() {
        UUID drill = serve(ALICE);
        assertThat(serve(ALICE)).isEqualTo(drill);
        assertThat(polaris.count("public.adaptive_history")).isOne();
        assertThat(exposures(drill)).isOne();

        agesBy("2 hours");
        assertThat(serve(ALICE)).isNotEqualTo(drill);
        assertThat(alice.column(String.class, "select status from public.adaptive_history order by served_at")).containsExactly("lapsed", "served");
    }

    @Test
    void drillIsServedAgainAfterAWeek() {
        for (int i = 0; i < 10; i++) {
            practise(ALICE, 50);
        }
        assertThat(serve(ALICE)).as("next drill after all were served").isNull();

        agesBy("8 days");
        assertThat(serve(ALICE)).isNotNull();
    }

    @Test
    void invisibleAndInactiveDrillsAreNeverServed() {
        owner.update("delete from public.adaptive_item_calibration");
        calibrate(People.PAID_DRILL, 0.1);
        calibrate(People.DRAFT_DRILL, 0.1);
        UUID hidden = drillAt(5);
        calibrate(hidden, 0.1);
        owner.update("update public.drills set is_public = false where id = ?", hidden);
        UUID inactive = drillAt(15);
        calibrate(inactive, 0.1);
        owner.update("update public.adaptive_item_calibration set active = false where drill_id = ?", inactive);
        assertThat(serve(ALICE)).as("next drill of a free learner").isNull();
        assertThat(service.value(UUID.class, "select public.adaptive_next_drill(?, ?, 'requests')", ALICE.account(), COACH)).as("next drill served by the service").isNull();

        People.tier(owner, ALICE, "pro");
        assertThat(serve(ALICE)).isEqualTo(People.PAID_DRILL);
        People.tier(owner, ALICE, "free");
        assertThat(serve(ALICE)).as("next drill after the plan ended").isNull();
    }

    @Test
    void drillAtItsExposureCapIsNotServed() {
        owner.update("update public.adaptive_item_calibration set exposure_cap = 1 where drill_id = ?", drillAt(5));

        assertThat(serve(ALICE)).isEqualTo(drillAt(5));
        assertThat(serve(BOB)).isEqualTo(drillAt(15));
        assertThat(exposures(drillAt(5))).isOne();
    }

    @Test
    void harderOfTwoEquallyNearDrillsIsServed() {
        level(ALICE, 0.5);
        assertThat(serve(ALICE)).isEqualTo(drillAt(55));
    }

    @Test
    void outcomeCountsOnceAndOnlyForServedDrills() {
        UUID drill = serve(ALICE);
        outcome(ALICE, drill, 90);
        outcome(ALICE, drill, 10);

        assertThat(alice.rows("select exposures, outcome_score from public.adaptive_user_skill join public.adaptive_history using (user_id)"))
                .containsExactly(row("exposures", 1, "outcome_score", new BigDecimal("90.00")));
        refused(service, NO_DATA_FOUND, record(ALICE, drillAt(95), "50"));
        refused(service, NO_DATA_FOUND, record(BOB, drill, "50"));
        refused(service, "22023", record(ALICE, drill, "101"));
        refused(service, "22023", record(ALICE, drill, "null"));
        refused(service, CHECK_VIOLATION, "update public.adaptive_history set outcome_score = 100");
        refused(service, CHECK_VIOLATION, "update public.adaptive_history set status = 'served', outcome_score = null, answered_at = null");
        refused(service, CHECK_VIOLATION, "update public.adaptive_history set user_id = '" + BOB.account() + "'");
    }

    @Test
    void outcomeOfALapsedServingCounts() {
        UUID drill = serve(ALICE);
        agesBy("2 hours");
        serve(ALICE);

        outcome(ALICE, drill, 90);

        assertThat(alice.column(String.class, "select status from public.adaptive_history order by served_at")).containsExactly("answered", "served");
    }

    @Test
    void learnersReadTheirRowsAndCannotWrite() {
        UUID drill = serve(ALICE);
        serve(BOB);

        for (String table : List.of("adaptive_history", "adaptive_user_skill")) {
            assertThat(alice.column(UUID.class, "select user_id from public." + table)).containsExactly(ALICE.account());
            assertThat(polaris.as(ADMIN).rows("select from public." + table)).hasSize(2);
            denied(polaris.as(ANON), "select from public." + table);
            denied(alice, "delete from public." + table);
        }
        denied(alice, "insert into public.adaptive_history (user_id, drill_id, coach_key, topic) values (auth.uid(), '" + drill + "', 'demo', 'requests')");
        denied(alice, "update public.adaptive_history set outcome_score = 100");
        denied(alice, "update public.adaptive_user_skill set level_score = 1");
        denied(alice, "insert into public.adaptive_user_skill (user_id, coach_key, topic, level_score) values (auth.uid(), 'demo', 'x', 1)");
        denied(alice, record(ALICE, drill, "100"));
        denied(alice, "select public.adaptive_next_drill('" + BOB.account() + "', 'demo', 'requests')");
        denied(alice, "select public.adaptive_next_drill(null, 'demo', 'requests')");
        denied(polaris.as(ANON), "select public.adaptive_next_drill('" + BOB.account() + "', 'demo', 'requests')");
    }

    @Test
    void servingIsInsertedWithoutAnOutcome() {
        UUID drill = serve(ALICE);
        String serving = "insert into public.adaptive_history (user_id, drill_id, coach_key, topic, %s) values ('" + BOB.account() + "', '" + drill + "', 'demo', 'requests', %s)";

        for (String sql : List.of(
                serving.formatted("status, outcome_score, answered_at", "'answered', 100, now()"),
                serving.formatted("status", "'lapsed'"),
                serving.formatted("level_after", "1"),
                serving.formatted("duration_sec", "1"))) {
            for (Session writer : new Session[] {service, owner}) {
                assertThatThrownBy(() -> writer.update(sql)).as(sql).is(sqlState(CHECK_VIOLATION)).hasMessageContaining("must have stat");
            }
        }
        assertThat(service.update(serving.formatted("status", "'served'"))).isOne();
    }

    @Test
    void onlyAdminsAccessCalibration() {
        Session admin = polaris.as(ADMIN);

        assertThat(alice.rows("select from public.adaptive_item_calibration")).isEmpty();
        assertThat(alice.update("update public.adaptive_item_calibration set target_level = 0")).isZero();
        denied(alice, "insert into public.adaptive_item_calibration (drill_id, coach_key, topic) values ('" + People.DRILL + "', 'demo', 'requests')");
        denied(polaris.as(ANON), "select from public.adaptive_item_calibration");
        assertThat(admin.update("insert into public.adaptive_item_calibration (drill_id, coach_key, topic) values (?, 'demo', 'requests')", People.DRILL)).isOne();
        assertThat(admin.update("update public.adaptive_item_calibration set exposure_cap = 5 where drill_id = ?", People.DRILL)).isOne();
        denied(admin, "update public.adaptive_item_calibration set exposures = 0");
        assertThat(admin.update("delete from public.adaptive_item_calibration where drill_id = ?", People.DRILL)).isOne();
    }

    @Test
    void unknownTopicOrCoachIsRejectedWithoutTrace() {
        refused(alice, NO_DATA_FOUND, "select public.adaptive_next_drill(auth.uid(), 'demo', 'juggling')");
        refused(alice, NO_DATA_FOUND, "select public.adaptive_next_drill(auth.uid(), 'nobody', 'requests')");
        owner.update("update public.coaches set is_active = false where key = 'demo'");
        refused(alice, NO_DATA_FOUND, "select public.adaptive_next_drill(auth.uid(), 'demo', 'requests')");
        refused(service, NO_DATA_FOUND, "select public.adaptive_next_drill(gen_random_uuid(), 'demo', 'requests')");
        assertThat(polaris.count("public.adaptive_user_skill")).isZero();
    }

    @Test
    void deletingAnAccountDeletesItsLevelsAndHistory() {
        serve(ALICE);

        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());

        assertThat(polaris.count("public.adaptive_user_skill") + polaris.count("public.adaptive_history")).isZero();
    }

    @Test
    @OfItsOwn
    void concurrentCallsServeOneDrill() throws Exception {
        var one = Meanwhile.get(() -> serve(ALICE));
        var two = Meanwhile.get(() -> serve(ALICE));

        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(two.get(20, TimeUnit.SECONDS));
        assertThat(polaris.count("public.adaptive_history")).isOne();
        assertThat(exposures(drillAt(5))).isOne();
    }

    @Test
    @OfItsOwn
    void lastServingUnderTheCapGoesToOneOfTwoLearners() throws Exception {
        owner.update("update public.adaptive_item_calibration set exposure_cap = 1 where drill_id = ?", drillAt(5));
        var one = Meanwhile.get(() -> serve(ALICE));
        var two = Meanwhile.get(() -> serve(BOB));

        assertThat(List.of(one.get(20, TimeUnit.SECONDS), two.get(20, TimeUnit.SECONDS))).containsExactlyInAnyOrder(drillAt(5), drillAt(15));
        assertThat(exposures(drillAt(5))).isOne();
    }

    @Test
    @OfItsOwn
    void concurrentOutcomesCountOnce() throws Exception {
        UUID drill = serve(ALICE);
        var one = Meanwhile.run(() -> polaris.as(SERVICE).rows(record(ALICE, drill, "90")));
        var two = Meanwhile.run(() -> polaris.as(SERVICE).rows(record(ALICE, drill, "90")));
        one.get(20, TimeUnit.SECONDS);
        two.get(20, TimeUnit.SECONDS);

        assertThat(alice.value(Integer.class, "select exposures from public.adaptive_user_skill")).isOne();
    }

    @Test
    void readsAndDrillChoiceUseIndexesWithManyServings() {
        polaris.operator().script("""
                set local session_replication_role = replica;
                insert into public.drills (id, coach_key, type, title, prompt, state, gating)
                    select md5('d' || i)::uuid, 'demo', 'speaking', 'x', 'x', 'published', i % 3 = 0 from generate_series(1, 20000) as i;
                insert into public.adaptive_item_calibration (drill_id, coach_key, topic, target_level)
                    select md5('d' || i)::uuid, 'demo', 'topic' || i % 4, (i % 1000) / 1000.0 from generate_series(1, 20000) as i;
                insert into public.adaptive_history (user_id, drill_id, coach_key, topic, status, served_at)
                    select case when i % 1000 = 0 then 'a11ce000-0000-4000-8000-000000000001' else md5('person' || i % 4000) end::uuid,
                        md5('d' || i % 20000)::uuid, 'demo', 'topic' || i % 4, 'lapsed', now() - i * interval '1 minute'
                    from generate_series(1, 200000) as i;
                """);
        polaris.operator().script("analyze public.drills, public.adaptive_item_calibration, public.adaptive_history");
        Session operator = polaris.operator();

        assertThat(alice.plan("select * from public.adaptive_history order by served_at desc limit 20"))
                .contains("idx_adaptive_history_user_id_served_at").doesNotContain("Seq Scan on");
        assertThat(alice.plan("select * from public.adaptive_user_skill")).contains("adaptive_user_skill_pkey").doesNotContain("Seq Scan on");
        String choice = operator.value(String.class, "select prosrc from pg_catalog.pg_proc where proname = 'find_nearest_drill'")
                .replace("p_user", "$1").replace("p_coach_key", "$2").replace("p_topic", "$3").replace("p_level", "$4");
        operator.script("set plan_cache_mode = force_generic_plan; prepare nearest (uuid, text, text, numeric) as " + choice);
        assertThat(operator.plan("execute nearest ('" + ALICE.account() + "', 'demo', 'topic1', 0.5)")).as("generic plan, as inside the function")
                .contains("idx_adaptive_item_calibration_level", "idx_adaptive_history_user_id", "drills_pkey").doesNotContain("Seq Scan on");
        assertThat(operator.plan("select * from public.adaptive_history as h where h.user_id = '" + ALICE.account() + "' and h.coach_key = 'demo' and h.topic = 'topic1'"
                + " and h.status = 'served'")).contains("adaptive_history_open_key").doesNotContain("Seq Scan on");
        assertThat(alice.value(UUID.class, "select public.adaptive_next_drill(?, 'demo', 'topic1')", ALICE.account())).isNotNull();
    }

    // Helpers

    private static UUID drillAt(int hundredths) {
        return UUID.fromString("00d10000-0000-4000-8000-0000000001" + String.format("%02d", hundredths));
    }

    private void calibrate(UUID drill, double target) {
        owner.update("insert into public.adaptive_item_calibration (drill_id, coach_key, topic, target_level) values (?, ?, 'requests', ?)", drill, COACH, target);
    }

    private void level(Caller who, double level) {
        owner.update("insert into public.adaptive_user_skill (user_id, coach_key, topic, level_score) values (?, ?, 'requests', ?)", who.account(), COACH, level);
    }

    private BigDecimal levelOf(Caller who) {
        return owner.value(BigDecimal.class, "select level_score from public.adaptive_user_skill where user_id = ?", who.account());
    }

    private UUID serve(Caller who) {
        return polaris.as(who).value(UUID.class, "select public.adaptive_next_drill(?, ?, 'requests')", who.account(), COACH);
    }

    /** Serves and completes a drill; returns its level in hundredths. */
    private int practise(Caller who, int score) {
        UUID drill = serve(who);
        outcome(who, drill, score);
        return Integer.parseInt(drill.toString().substring(34));
    }

    private void outcome(Caller who, UUID drill, int score) {
        service.rows("select public.record_adaptive_outcome(?, ?, 'requests', ?, 30)", who.account(), drill, score);
    }

    private static String record(Caller who, UUID drill, String score) {
        return "select public.record_adaptive_outcome('" + who.account() + "', '" + drill + "', 'requests', " + score + ")";
    }

    private int exposures(UUID drill) {
        return owner.value(Integer.class, "select exposures from public.adaptive_item_calibration where drill_id = ?", drill);
    }

    /** Moves all servings back by the given time. */
    private void agesBy(String time) {
        polaris.operator().script("set local session_replication_role = replica; update public.adaptive_history set served_at = served_at - interval '" + time + "'");
    }

    private static void denied(Session caller, String sql) {
        refused(caller, INSUFFICIENT_PRIVILEGE, sql);
    }

    private static void refused(Session caller, String state, String sql) {
        assertThatThrownBy(() -> caller.update(sql)).as(sql).is(sqlState(state));
    }
}
