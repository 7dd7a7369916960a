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
import changelogs.testing.SqlFailed;
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

/** Realtime tokens are shown once, need remaining minutes, and are stored only as hashes. */
class RealtimeTokensTest {

    private static final String MINT = "select public.mint_realtime_token() as minted";
    private static final String TOKEN = "select public.mint_realtime_token() ->> 'token'";
    private static final String VALID = "select public.verify_realtime_token(?)::text";
    private static final String REVOKE = "select public.revoke_realtime_token(?, ?)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;
    private Session alice;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
        alice = polaris.as(ALICE);
    }

    private String valid(String token) {
        return service.value(String.class, VALID, token);
    }

    private UUID token(String token) {
        return owner.value(UUID.class, "select id from public.realtime_tokens where token_hash = encode(sha256(convert_to(?, 'UTF8')), 'hex')", token);
    }

    private UUID started() {
        return alice.value(UUID.class, "select public.start_session(?, ?)", ALICE.account(), People.DRILL);
    }

    @Test
    void tokenIsShownOnceAndStoredAsHash() {
        String token = alice.value(String.class, TOKEN);

        assertThat(token).matches("prt_[0-9a-f]{64}").isNotEqualTo(polaris.as(BOB).value(String.class, TOKEN));
        assertThat(owner.column(String.class, "select row_to_json(t)::text from public.realtime_tokens as t")).hasSize(2).noneMatch(row -> row.contains(token.substring(4)));
        assertThat(service.rows("select t ->> 'user_id' as u, t ->> 'scope' as s from public.verify_realtime_token(?) as t", token))
                .containsExactly(row("u", ALICE.account().toString(), "s", "realtime"));
        assertThat(alice.rows("select scope, provider, expires_at = issued_at + interval '300 seconds' as ttl from public.v_realtime_token_valid"))
                .containsExactly(row("scope", "realtime", "provider", "self", "ttl", true));
    }

    @Test
    void everyInvalidTokenGetsTheSameAnswer() {
        String over = alice.value(String.class, TOKEN);
        String revoked = alice.value(String.class, TOKEN);
        owner.update("update public.realtime_tokens set issued_at = now() - interval '10 minutes', expires_at = now() where id = ?", token(over));
        alice.rows(REVOKE, token(revoked), null);

        for (String token : new String[] {over, revoked, "prt_" + "0".repeat(64), "", "x".repeat(100_000), null}) {
            assertThat(valid(token)).isNull();
        }
        assertThat(alice.rows("select from public.v_realtime_token_valid")).isEmpty();
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(VALID, over)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void clientsCannotReadHashesOrWriteTokens() {
        alice.rows(MINT);
        assertThat(polaris.as(BOB).rows("select from public.realtime_tokens")).isEmpty();
        assertThat(polaris.as(BOB).rows("select from public.v_realtime_token_valid")).isEmpty();
        assertThat(polaris.as(ADMIN).rows("select from public.v_realtime_token_valid")).hasSize(1);
        for (Caller caller : List.of(ALICE, ADMIN)) {
            for (String call : List.of("select token_hash from public.realtime_tokens", "select * from public.realtime_tokens", "delete from public.realtime_tokens",
                    "update public.realtime_tokens set expires_at = now() + interval '1 hour'", "update public.realtime_tokens set revoked_at = null, reason = null",
                    "insert into public.realtime_tokens (user_id, token_hash, expires_at) values (auth.uid(), repeat('0', 64), now() + interval '1 hour')")) {
                assertThatThrownBy(() -> polaris.as(caller).update(call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (String call : List.of("delete from public.realtime_tokens", "update public.realtime_tokens set user_id = '%s'".formatted(BOB.account()))) {
            assertThatThrownBy(() -> service.update(call)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (Caller caller : List.of(ANON, SERVICE)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(MINT)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void tokenNeedsAnAccountWithAProfile() {
        assertThatThrownBy(() -> polaris.as(new Caller("authenticated", null)).rows(MINT)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(new Caller("authenticated", UUID.randomUUID())).rows(MINT)).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void limitOfFiveTokensIsPerUser() {
        for (int i = 0; i < 5; i++) {
            alice.rows(MINT);
        }
        assertThatThrownBy(() -> alice.rows(MINT)).is(sqlState(WRONG_STATE));

        assertThat(polaris.as(BOB).rows(MINT)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"29", "3601", "0", "-1", "2147483647", "null"})
    void tokenHoldsForHalfAMinuteToAnHour(String seconds) {
        assertThatThrownBy(() -> alice.rows("select public.mint_realtime_token(p_ttl_seconds => " + seconds + ")")).is(sqlState(INVALID_PARAMETER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p_scope => 'admin'", "p_provider => 'evil'", "p_meta => '[]'", "p_meta => jsonb_build_object('a', repeat('x', 5000))"})
    void tokenIsOfAKindThatThereIs(String argument) {
        assertThatThrownBy(() -> alice.rows("select public.mint_realtime_token(" + argument + ")")).is(sqlState(CHECK_VIOLATION));
        assertThat(polaris.count("public.realtime_tokens")).isZero();
    }

    @Test
    void tokenNeedsAnOpenSessionOfTheCaller() {
        String mint = "select public.mint_realtime_token('voice', 'livekit', 60, ?) ->> 'token'";
        UUID session = started();
        assertThatThrownBy(() -> polaris.as(BOB).rows(mint, session)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> alice.rows(mint, UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
        String token = alice.value(String.class, mint, session);
        String other = alice.value(String.class, TOKEN);
        assertThat(valid(token)).contains(session.toString());

        alice.rows("select public.submit_session(?)", session);

        assertThat(valid(token)).as("verification after the session ended").isNull();
        assertThat(valid(other)).isNotNull();
        assertThat(alice.column(String.class, "select reason from public.realtime_tokens where session_id is not null")).containsExactly("the session is submitted");
        assertThatThrownBy(() -> alice.rows(mint, session)).is(sqlState(WRONG_STATE));
    }

    @ParameterizedTest
    @CsvSource({"free, 10", "pro, 30"})
    void tokenIsGivenWhileMinutesAreLeft(String tier, int minutes) {
        People.tier(owner, ALICE, tier);
        String use = "select public.record_limit_usage(?, 'realtime_minutes_daily', ?::numeric)";
        alice.rows(use, ALICE.account(), minutes - 2);
        alice.rows("select public.mint_realtime_token(p_ttl_seconds => 3600)");
        assertThat(owner.value(Integer.class, "select extract(epoch from expires_at - issued_at)::integer from public.realtime_tokens")).as("lifetime capped by the remaining minutes").isEqualTo(120);
        alice.rows(use, ALICE.account(), 1.9);
        alice.rows("select public.mint_realtime_token(p_ttl_seconds => 3600)");
        assertThat(owner.value(Integer.class, "select min(extract(epoch from expires_at - issued_at))::integer from public.realtime_tokens")).as("minimum lifetime in seconds").isEqualTo(30);

        alice.rows(use, ALICE.account(), 0.1);

        assertThatThrownBy(() -> alice.rows(MINT)).is(sqlState(WRONG_STATE));
        assertThat(polaris.as(BOB).rows(MINT)).hasSize(1);
        People.tier(owner, ALICE, "vip");
        alice.rows("select public.mint_realtime_token(p_ttl_seconds => 3600)");
        assertThat(owner.value(Integer.class, "select max(extract(epoch from expires_at - issued_at))::integer from public.realtime_tokens")).as("lifetime without a limit").isEqualTo(3600);
    }

    @Test
    @OfItsOwn
    void atMostFiveTokensAreValidEvenUnderConcurrency() {
        alice.rows(MINT);
        List<CompletableFuture<Long>> runs = IntStream.range(0, 3).mapToObj(i -> {
            Session session = polaris.as(ALICE);
            return Meanwhile.get(() -> IntStream.range(0, 3).filter(j -> {
                try {
                    session.rows(MINT);
                    return true;
                } catch (SqlFailed e) {
                    assertThat(e.state()).isEqualTo(WRONG_STATE);
                    return false;
                }
            }).count());
        }).toList();

        assertThat(runs.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(4);
        alice.rows(REVOKE, alice.value(UUID.class, "select min(id::text)::uuid from public.realtime_tokens"), "Lost.");
        assertThat(alice.rows(MINT)).as("new token after one was revoked").hasSize(1);
        owner.update("update public.realtime_tokens set issued_at = now() - interval '10 minutes', expires_at = now()");
        assertThat(alice.rows(MINT)).as("new token after all expired").hasSize(1);
    }

    @Test
    void onlyOwnerAdminOrServiceRevokesATokenOnce() {
        UUID id = token(alice.value(String.class, TOKEN));
        assertThatThrownBy(() -> polaris.as(BOB).rows(REVOKE, id, "x")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ANON).rows(REVOKE, id, "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (Caller caller : List.of(ALICE, ADMIN, SERVICE)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(REVOKE, UUID.randomUUID(), "x")).is(sqlState(NO_DATA_FOUND));
        }

        polaris.as(ADMIN).rows(REVOKE, id, "Abuse.");
        alice.rows(REVOKE, id, "Mine.");

        assertThat(alice.column(String.class, "select reason from public.realtime_tokens")).as("reason after a second revoke").containsExactly("Abuse.");
        service.rows(REVOKE, token(alice.value(String.class, TOKEN)), "y".repeat(900));
        assertThat(alice.rows("select from public.v_realtime_token_valid")).isEmpty();
    }

    @Test
    void deletingAnAccountOrSessionDeletesItsTokens() {
        alice.rows("select public.mint_realtime_token(p_session_id => ?)", started());
        alice.rows(MINT);
        owner.update("delete from public.sessions");
        assertThat(polaris.count("public.realtime_tokens")).isOne();

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.realtime_tokens")).isZero();
    }

    @Test
    void revokedTokensCountTowardsTheHourlyLimit() {
        owner.update("insert into public.realtime_tokens (user_id, token_hash, issued_at, expires_at, revoked_at, reason)"
                + " select ?, encode(sha256(i::text::bytea), 'hex'), now() - interval '50 minutes', now() - interval '49 minutes', now() - interval '50 minutes', 'x'"
                + " from generate_series(1, 239) as i", ALICE.account());
        alice.rows("select public.mint_realtime_token()");

        assertThatThrownBy(() -> alice.rows("select public.mint_realtime_token()")).is(sqlState(WRONG_STATE)).hasMessageContaining("240");
        assertThat(polaris.as(BOB).rows(MINT)).as("token of another user").hasSize(1);
        owner.update("update public.realtime_tokens set issued_at = issued_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes' where reason = 'x'");
        assertThat(alice.rows("select public.mint_realtime_token()")).as("new token an hour later").hasSize(1);
    }

    @Test
    void jobDeletesTokensExpiredForADay() {
        owner.update("insert into public.realtime_tokens (user_id, token_hash, issued_at, expires_at)"
                + " select ?, encode(sha256(i::text::bytea), 'hex'), now() - i * interval '1 hour', now() - i * interval '1 hour' + interval '1 minute' from generate_series(1, 48) as i",
                ALICE.account());

        assertThat(service.value(String.class, "select public.run_job('purge_realtime_tokens')")).isEqualTo("done");
        assertThat(owner.value(String.class, "select result::text from public.job_runs")).isEqualTo("{\"more\": false, \"purged\": 24}");
        assertThat(polaris.count("public.realtime_tokens")).isEqualTo(24);
    }

    @Test
    void readsUseIndexes() {
        polaris.operator().script("""
                set local session_replication_role = replica;
                insert into public.realtime_tokens (user_id, token_hash, expires_at)
                    select md5('person' || i % 5000)::uuid, encode(sha256(i::text::bytea), 'hex'), now() + interval '1 hour' from generate_series(1, 50000) as i;
                """);
        owner.update("analyze public.realtime_tokens");

        assertThat(alice.plan("select * from public.v_realtime_token_valid")).contains("idx_realtime_tokens_user_id_expires_at");
        assertThat(owner.plan("select id from public.realtime_tokens where token_hash = encode(sha256(convert_to('x', 'UTF8')), 'hex') and revoked_at is null"))
                .contains("realtime_tokens_token_hash_key");
        assertThat(owner.plan("select id from public.realtime_tokens where expires_at at time zone 'UTC' < (now() - interval '1 day') at time zone 'UTC' order by expires_at at time zone 'UTC' limit 10000")).contains("idx_realtime_tokens_expires_at");
    }
}
