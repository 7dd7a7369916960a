package changelogs.polaris.practice;

import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drill statistics over all learners: totals that reveal no single learner, refreshed by the service. */
class DrillStatsTest {

    private static final int CROWD = 5;

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    /** Learners with the given range of numbers complete the drill in sequence, after all earlier sessions; a null score means unscored. */
    private void practise(UUID drill, int from, int to, String score) {
        owner.script("""
                insert into auth.users (id, email)
                select md5('learner' || i)::uuid, 'learner' || i || '@example.com' from generate_series(%1$d, %2$d) as i
                on conflict (id) do nothing;
                insert into public.sessions (user_id, drill_id, tier, status, started_at, ended_at, duration_sec, score)
                select md5('learner' || i)::uuid, '%3$s', 'free', 'completed', '2026-01-05 01:00Z', '2026-01-05 01:00Z'::timestamptz + i * interval '1 minute' + (select count(*) from public.sessions) * interval '1 hour', 90, %4$s
                from generate_series(%1$d, %2$d) as i
                """.formatted(from, to, drill, score));
    }

    private List<Map<String, Object>> refresh() {
        return polaris.as(SERVICE).rows("select name, how, ms from public.refresh_views()");
    }

    private String stats(Caller caller, UUID drill) {
        return polaris.as(caller).rows("select sessions, completed, learners, minutes, average_score, typical_score from public.v_drill_stats where drill_id = ?", drill)
                .toString();
    }

    @Test
    void learnersSeeStatsOfADrillAfterEnoughLearnersPractised() {
        practise(DRILL, 1, CROWD - 1, "80");
        refresh();
        assertThat(stats(ALICE, DRILL)).isEqualTo("[]");
        assertThat(polaris.as(ALICE).rows("select from public.v_drill_stats_daily")).isEmpty();
        assertThat(polaris.as(ALICE).rows("select * from public.list_drill_stats_daily(?, '2026-01-01', '2026-12-31')", DRILL)).isEmpty();

        practise(DRILL, CROWD, CROWD, "30");
        refresh();
        assertThat(stats(ALICE, DRILL)).isEqualTo("[{sessions=5, completed=5, learners=5, minutes=7, average_score=null, typical_score=70}]");
        assertThat(polaris.as(ALICE).rows("select d::text, learners, average_score from public.v_drill_stats_daily"))
                .containsExactly(row("d", "2026-01-05", "learners", 5L, "average_score", null));
        assertThat(owner.value(Integer.class, "select private.get_smallest_crowd()")).isEqualTo(CROWD);
    }

    @Test
    void adminsAndTheServiceSeeAllStats() {
        practise(DRILL, 1, 1, "80");
        practise(DRAFT_DRILL, 2, 2, "60");
        refresh();

        for (Caller caller : List.of(ADMIN, SERVICE)) {
            assertThat(stats(caller, DRILL)).isEqualTo("[{sessions=1, completed=1, learners=1, minutes=1, average_score=80.00, typical_score=null}]");
            assertThat(stats(caller, DRAFT_DRILL)).contains("average_score=60.00");
            assertThat(polaris.as(caller).rows("select d::text, sessions, average_score from public.list_drill_stats_daily(?, '2026-01-05', '2026-01-05')", DRILL))
                    .containsExactly(row("d", "2026-01-05", "sessions", 1L, "average_score", new BigDecimal("80.00")));
            assertThat(polaris.as(caller).rows("select * from public.list_drill_stats_daily(?, '2026-01-06', '2026-01-07')", DRILL)).isEmpty();
            assertThat(polaris.as(caller).rows("select from public.v_drill_stats_daily")).hasSize(2);
        }
    }

    @Test
    void learnersSeeNoStatsOfInvisibleDrills() {
        practise(DRAFT_DRILL, 1, 6, "60");
        practise(PAID_DRILL, 1, 6, "60");
        refresh();

        assertThat(stats(ALICE, DRAFT_DRILL)).isEqualTo("[]");
        assertThat(stats(ALICE, PAID_DRILL)).isEqualTo("[]");
        assertThat(polaris.as(ALICE).rows("select from public.v_drill_stats_daily")).isEmpty();
        assertThat(polaris.as(ALICE).rows("select * from public.list_drill_stats_daily(?, '2026-01-01', '2026-12-31')", PAID_DRILL)).isEmpty();
        People.tier(owner, ALICE, "vip");
        assertThat(stats(ALICE, PAID_DRILL)).contains("typical_score=60");
        assertThat(polaris.as(ALICE).rows("select * from public.list_drill_stats_daily(?, '2026-01-01', '2026-12-31')", PAID_DRILL)).hasSize(1);
        assertThat(stats(ALICE, DRAFT_DRILL)).isEqualTo("[]");
    }

    @Test
    void typicalScoreChangesOnlyAfterACompleteGroupOfLearners() {
        practise(DRILL, 1, CROWD, "50");
        refresh();
        String before = typical();

        // One more learner and more scores of the first five do not change the typical score.
        practise(DRILL, CROWD + 1, CROWD + 1, "100");
        practise(DRILL, 1, CROWD, "100");
        refresh();
        assertThat(typical()).isEqualTo(before).isEqualTo("50");

        practise(DRILL, CROWD + 2, 2 * CROWD, "100");
        refresh();
        assertThat(typical()).isEqualTo("75");
    }

    private String typical() {
        return String.valueOf(polaris.as(ALICE).rows("select typical_score from public.v_drill_stats").get(0).get("typical_score"));
    }

    @Test
    void tooFewScoredLearnersGiveNoTypicalScore() {
        practise(DRILL, 1, CROWD + 3, "case when i <= " + (CROWD - 1) + " then 90 end");
        refresh();

        assertThat(stats(ALICE, DRILL)).contains("learners=8", "typical_score=null");
    }

    @Test
    void dayIsTheManilaDateOfTheSessionStart() {
        owner.update("insert into public.sessions (user_id, drill_id, tier, status, started_at, ended_at, duration_sec) values"
                + " (?, ?, 'free', 'aborted', '2026-01-05 15:59Z', '2026-01-05 16:10Z', 60)", ALICE.account(), DRILL);
        owner.update("insert into public.sessions (user_id, drill_id, tier, started_at) values (?, ?, 'free', '2026-01-05 16:00Z')", ALICE.account(), DRILL);
        refresh();

        assertThat(polaris.as(ADMIN).rows("select d::text, sessions, completed, aborted, learners, minutes from public.v_drill_stats_daily order by d"))
                .containsExactly(row("d", "2026-01-05", "sessions", 1L, "completed", 0L, "aborted", 1L, "learners", 1L, "minutes", 0L),
                        row("d", "2026-01-06", "sessions", 1L, "completed", 0L, "aborted", 0L, "learners", 1L, "minutes", 0L));
        assertThat(polaris.as(ADMIN).rows("select sessions, aborted, completion_percent, last_practised_on::text from public.v_drill_stats"))
                .containsExactly(row("sessions", 2L, "aborted", 1L, "completion_percent", new BigDecimal("0.0"), "last_practised_on", "2026-01-06"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from private.mv_drill_stats", "select * from private.mv_drill_stats_daily",
            "refresh materialized view private.mv_drill_stats",
            "select * from private.list_drill_stats(true)",
            "select * from private.list_drill_stats_daily('00d10000-0000-4000-8000-000000000001', true)", "select private.get_smallest_crowd()",
            "select * from private.refresh_views()"})
    void nobodyReachesWhatIsBehindTheViews(String attack) {
        for (Caller caller : List.of(ANON, ALICE, ADMIN, SERVICE)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(attack)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void functionsBehindTheViewsVerifyThatTheCallerSeesAllStats() throws SQLException {
        practise(DRILL, 1, CROWD - 1, "80");
        refresh();
        owner.script("grant usage on schema private to authenticated");

        assertThat(polaris.as(ALICE).rows("select * from private.list_drill_stats(true)")).isEmpty();
        assertThat(polaris.as(ALICE).rows("select * from private.list_drill_stats_daily(?, true)", DRILL)).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select * from private.list_drill_stats(true)")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from public.v_drill_stats", "select * from public.v_drill_stats_daily",
            "select * from public.list_drill_stats_daily(null, null, null)", "select * from public.refresh_views()"})
    void visitorsSeeNothing(String query) {
        assertThatThrownBy(() -> polaris.as(ANON).rows(query)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void refreshIsConcurrentAndReportsIt() {
        assertThat(refresh()).extracting(row -> row.get("name") + " " + row.get("how"))
                .contains("private.mv_drill_stats concurrently", "private.mv_drill_stats_daily concurrently");
    }

    @Test
    void onlyTheServiceRefreshesViews() {
        for (Caller caller : List.of(ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select * from public.refresh_views()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void refreshIsNotConcurrentForUnpopulatedViewsOrViewsWithoutAKey() {
        owner.script("""
                drop index private.mv_drill_stats_key;
                create materialized view private.mv_empty as select 1 as id with no data;
                create unique index on private.mv_empty (id);
                create materialized view private.mv_partly as select 1 as id;
                create unique index on private.mv_partly (id) where id > 0;
                create view private.mv_plain as select 1 as id;
                create materialized view private.other as select 1 as id with no data;
                """);

        assertThat(refresh()).extracting(row -> row.get("name") + " " + row.get("how"))
                .contains("private.mv_drill_stats plainly", "private.mv_drill_stats_daily concurrently", "private.mv_empty plainly", "private.mv_partly plainly")
                .noneMatch(row -> row.startsWith("private.mv_plain") || row.startsWith("private.other"));
        assertThat(refresh()).extracting(row -> row.get("name") + " " + row.get("how")).contains("private.mv_empty concurrently");
        assertThat(owner.value(Boolean.class, "select relispopulated from pg_class where oid = 'private.other'::regclass")).isFalse();
    }

    @Test
    @OfItsOwn
    void concurrentRefreshReturnsBusyInsteadOfWaiting() throws SQLException {
        Session first = polaris.owner();
        first.connection().setAutoCommit(false);
        try (var statement = first.connection().createStatement()) {
            statement.execute("select * from private.refresh_views()");
        }

        assertThat(refresh()).isNotEmpty().allMatch(row -> row.get("how").equals("busy"));
        first.connection().commit();
        assertThat(refresh()).isNotEmpty().noneMatch(row -> row.get("how").equals("busy"));
    }
}
