package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits per plan and user, their usage, and that concurrent calls cannot exceed them. */
class LimitsTest {

    private static final String MINUTES = "realtime_minutes_daily";
    private static final String USE = "select public.record_limit_usage(?, ?, ?::numeric)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    private double allowed(Caller caller, String key) {
        return polaris.as(caller).value(Double.class, "select public.get_effective_limit(?, ?)::float8", caller.account(), key);
    }

    private boolean use(Caller caller, String key, double amount) {
        return polaris.as(caller).value(Boolean.class, USE, caller.account(), key, amount);
    }

    @ParameterizedTest
    @CsvSource({"free, 10", "pro, 30", "vip, Infinity"})
    void planSaysHowMuch(String tier, double minutes) {
        People.tier(owner, ALICE, tier);

        assertThat(allowed(ALICE, MINUTES)).isEqualTo(minutes);
    }

    @Test
    void userLimitOverridesTheLimitSetByAdmins() {
        polaris.as(ADMIN).update("update public.limits set value = 12 where key = 'free_minutes_daily'");
        assertThat(allowed(ALICE, MINUTES)).isEqualTo(12);

        polaris.as(ADMIN).update("insert into public.user_limits (user_id, key, value, reason) values (?, ?, 45, 'Beta tester.')", ALICE.account(), MINUTES);
        assertThat(allowed(ALICE, MINUTES)).isEqualTo(45);
        assertThat(allowed(BOB, MINUTES)).isEqualTo(12);

        owner.update("update public.user_limits set expires_at = now() - interval '1 second'");
        assertThat(allowed(ALICE, MINUTES)).isEqualTo(12);
    }

    @Test
    void usersCannotReadOthersLimitsOrWriteLimits() {
        assertThat(polaris.as(BOB).rows("select public.get_effective_limit(?, ?) as l", ALICE.account(), MINUTES)).containsExactly(row("l", null));
        assertThat(polaris.as(SERVICE).rows("select public.get_effective_limit(?, ?) as l", ALICE.account(), MINUTES))
                .containsExactly(row("l", new BigDecimal("10")));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.get_effective_limit(?, ?)", ALICE.account(), MINUTES)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.user_limits (user_id, key, value, reason) values (?, ?, 999, 'x')", ALICE.account(), MINUTES))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String table : List.of("tier_plans", "limits_catalog", "tier_limits", "limits")) {
            String write = "update public." + table + " set " + (table.equals("tier_plans") ? "name = name" : table.equals("tier_limits") ? "value = value" : "description = description");
            assertThat(polaris.as(ALICE).update(write)).as(table).isZero();
            assertThat(polaris.as(ADMIN).update(write)).as(table).isPositive();
            assertThatThrownBy(() -> polaris.as(ADMIN).update("update public." + table + " set created_at = 'infinity'")).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String write : List.of("insert into public.limit_usage (user_id, key, window_start) values (auth.uid(), 'tts_chars_daily', 'today')",
                "update public.limit_usage set used = 0", "delete from public.limit_usage")) {
            assertThatThrownBy(() -> polaris.as(ALICE).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void visitorsSeeActivePlans() {
        owner.update("update public.tier_plans set is_active = false where code = 'vip'");

        assertThat(polaris.as(ANON).column(String.class, "select code from public.tier_plans order by rank")).containsExactly("free", "pro");
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.tier_limits")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ALICE).column(String.class, "select tier from public.tier_limits where key = ? order by tier", MINUTES)).hasSize(3);
    }

    @Test
    void usageIsRecordedCompletelyOrNotAtAll() {
        assertThat(use(ALICE, MINUTES, 7)).isTrue();
        assertThat(use(ALICE, MINUTES, 4)).as("usage beyond the limit").isFalse();
        assertThat(use(ALICE, MINUTES, 3)).isTrue();
        assertThat(use(ALICE, MINUTES, 0.01)).isFalse();

        assertThat(polaris.as(ALICE).rows("select allowed, used from public.v_user_limits where key = ?", MINUTES))
                .containsExactly(row("allowed", new BigDecimal("10"), "used", new BigDecimal("10")));
        assertThat(polaris.as(BOB).rows("select allowed, used from public.v_user_limits where key = ?", MINUTES))
                .containsExactly(row("allowed", new BigDecimal("10"), "used", new BigDecimal("0")));
        assertThat(polaris.as(BOB).rows("select from public.limit_usage")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e12, Double.POSITIVE_INFINITY, Double.NaN})
    void useIsAnAmountAboveNothing(double amount) {
        for (Caller caller : List.of(ALICE, SERVICE)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(USE, ALICE.account(), MINUTES, amount)).is(sqlState(INVALID_PARAMETER));
        }
    }

    @Test
    void onlyTheUserOrTheServiceRecordsUsage() {
        assertThatThrownBy(() -> polaris.as(BOB).rows(USE, ALICE.account(), MINUTES, 1)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows(USE, ALICE.account(), MINUTES, 1)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).rows(USE, ALICE.account(), "no_such_key", 1)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ALICE).rows(USE, ALICE.account(), "active_coaches", 1)).is(sqlState(NO_DATA_FOUND));
        assertThat(polaris.as(SERVICE).value(Boolean.class, USE, ALICE.account(), MINUTES, 1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-25 hours, false", "1 hour, false", "-23 hours, true", "0, true"})
    void userRecordsUsageOfTheLastDayOnly(String when, boolean accepted) {
        owner.script("grant usage on schema private to authenticated, service_role");
        String use = "select private.record_limit_usage(?, ?, 1, now() + ?::interval)";

        if (accepted) {
            assertThat(polaris.as(ALICE).value(Boolean.class, use, ALICE.account(), MINUTES, when)).isTrue();
        } else {
            assertThatThrownBy(() -> polaris.as(ALICE).rows(use, ALICE.account(), MINUTES, when)).is(sqlState(INVALID_PARAMETER));
        }
        assertThat(polaris.as(SERVICE).value(Boolean.class, use, ALICE.account(), MINUTES, when)).as("usage recorded by the service").isTrue();
    }

    @Test
    @OfItsOwn
    void tenOfTwentyConcurrentCallsSucceed() {
        List<CompletableFuture<Long>> runs = IntStream.range(0, 4).mapToObj(i -> {
            Session session = polaris.as(ALICE);
            return Meanwhile.get(() -> IntStream.range(0, 5).filter(j -> session.value(Boolean.class, USE, ALICE.account(), MINUTES, 1)).count());
        }).toList();

        assertThat(runs.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(10);
        assertThat(owner.value(Integer.class, "select used::integer from public.limit_usage")).isEqualTo(10);
    }

    @Test
    void windowsStartAtMidnightInManila() {
        owner.update("insert into public.limits_catalog (key, window_kind, rolling_days, unit, description) values"
                + " ('by_month', 'monthly', null, 'x', 'x'), ('by_week', 'rolling', 7, 'x', 'x'), ('for_life', 'lifetime', null, 'x', 'x')");
        owner.update("insert into public.tier_limits (tier, key, value) select 'free', key, 10 from public.limits_catalog where unit = 'x'");
        String use = "select private.record_limit_usage('" + ALICE.account() + "', '%s', 6, '%s')";

        for (String key : List.of("by_month", "by_week", "for_life", "tts_chars_daily")) {
            assertThat(owner.value(Boolean.class, use.formatted(key, "2026-03-31 15:59+00"))).as(key).isTrue();
        }
        owner.update("update public.tier_limits set value = 10 where key = 'tts_chars_daily'");
        assertThat(owner.value(Boolean.class, use.formatted("tts_chars_daily", "2026-03-31 15:59:59+00"))).isFalse();
        assertThat(owner.value(Boolean.class, use.formatted("tts_chars_daily", "2026-03-31 16:00+00"))).as("the next day").isTrue();
        assertThat(owner.value(Boolean.class, use.formatted("by_month", "2026-03-31 15:59:59+00"))).isFalse();
        assertThat(owner.value(Boolean.class, use.formatted("by_month", "2026-03-31 16:00+00"))).as("new month").isTrue();
        assertThat(owner.value(Boolean.class, use.formatted("by_week", "2026-04-06 15:59+00"))).as("the seventh day").isFalse();
        assertThat(owner.value(Boolean.class, use.formatted("by_week", "2026-04-06 16:00+00"))).as("the eighth").isTrue();
        assertThat(owner.value(Boolean.class, use.formatted("for_life", "2030-01-01 00:00+00"))).isFalse();
    }

    @Test
    void limitBackedByTheTableLimitsHasOneSource() {
        assertThatThrownBy(() -> owner.update("update public.tier_limits set value = 1 where limits_key is not null")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("delete from public.limits where key = 'free_minutes_daily'")).is(sqlState(FOREIGN_KEY_VIOLATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-1"})
    void numberThatIsNoneOpensNothing(String number) {
        for (String write : List.of("update public.limits set value = '%s'", "update public.tier_limits set value = '%s', limits_key = null",
                "insert into public.user_limits (user_id, key, value, reason) values (auth.uid(), 'tts_chars_daily', '%s', 'x')")) {
            assertThatThrownBy(() -> polaris.as(ADMIN).update(write.formatted(number))).as(write).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void practiceCountsAgainstTheMinutesOfTheDay() {
        Session alice = polaris.as(ALICE);
        String used = "select used::integer from public.v_user_limits where key = '" + MINUTES + "'";
        UUID completed = started(alice, 7);
        alice.rows("select public.finish_session(?)", completed);
        alice.rows("select public.finish_session(?)", completed);
        assertThat(alice.value(Integer.class, used)).isEqualTo(7);

        UUID silent = started(alice, 30);
        alice.rows("select public.abort_session(?)", silent);
        assertThat(alice.value(Integer.class, used)).as("aborted without a token").isEqualTo(7);

        UUID spoken = started(alice, 2);
        alice.rows("select public.mint_realtime_token(p_session_id => ?)", spoken);
        owner.update("update public.realtime_tokens set issued_at = now() - interval '4 minutes', expires_at = now() + interval '1 minute'");
        alice.rows("select public.abort_session(?)", spoken);
        assertThat(alice.value(Integer.class, used)).as("aborted after speaking").isEqualTo(11);
        assertThatThrownBy(() -> alice.rows("select public.mint_realtime_token()")).is(sqlState(WRONG_STATE));
    }

    private UUID started(Session alice, int minutesAgo) {
        UUID session = alice.value(UUID.class, "select public.start_session(?)", ALICE.account());
        polaris.operator().script("set local session_replication_role = replica;"
                + " update public.sessions set started_at = now() - interval '%d minutes' where id = '%s'".formatted(minutesAgo, session));
        return session;
    }

    @Test
    void plansAreDeactivatedAndNeverDeleted() {
        assertThatThrownBy(() -> polaris.as(ADMIN).update("delete from public.tier_plans where code = 'free'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ADMIN).update("update public.tier_plans set is_active = false where code = 'vip'")).isOne();
    }

    @Test
    void auditLogRecordsChangesOfPlansAndLimits() {
        Session admin = polaris.as(ADMIN);
        admin.update("update public.tier_plans set price_month_minor = 1 where code = 'pro'");
        admin.update("update public.tier_limits set value = 9 where tier = 'free' and key = 'tts_chars_daily'");
        admin.update("insert into public.user_limits (user_id, key, reason) values (?, ?, 'Friend.')", ALICE.account(), MINUTES);

        assertThat(owner.rows("select table_name as t, row_id as r, subject_user_id as s from public.audit_logs where actor_user_id = ? order by table_name", ADMIN.account()))
                .containsExactly(row("t", "public.tier_limits", "r", "free tts_chars_daily", "s", null),
                        row("t", "public.tier_plans", "r", "pro", "s", null),
                        row("t", "public.user_limits", "r", MINUTES, "s", ALICE.account()));
    }
}
