package changelogs.polaris;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks that prevent two concurrent runs of a job: advisory locks on a dedicated connection, leases on pooled connections. */
class LeasesTest {

    private static final String ACQUIRE = "select public.acquire_lease('recap', ?, ?)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session service;

    @BeforeEach
    void service() {
        People.signUp(polaris);
        service = polaris.as(SERVICE);
    }

    @Test
    void leaseHasOneHolderWhoCanExtendIt() {
        assertThat(service.value(Boolean.class, ACQUIRE, "one", 60)).isTrue();
        assertThat(service.value(Boolean.class, ACQUIRE, "two", 60)).isFalse();
        assertThat(service.value(Boolean.class, ACQUIRE, "one", 600)).isTrue();

        assertThat(polaris.owner().value(Boolean.class, "select expires_at - taken_at > interval '9 minutes' from private.leases where name = 'recap'")).isTrue();
    }

    @Test
    void leaseSurvivesDisconnectAndExpires() {
        service.value(Boolean.class, ACQUIRE, "one", 60);
        service.close();
        Session next = polaris.as(SERVICE);
        assertThat(next.value(Boolean.class, ACQUIRE, "two", 60)).isFalse();

        polaris.owner().update("update private.leases set expires_at = now() - interval '1 second' where name = 'recap'");
        assertThat(next.value(Boolean.class, ACQUIRE, "two", 60)).isTrue();
        assertThat(next.value(Boolean.class, "select public.release_lease('recap', 'one')")).as("release by the first holder after expiry").isFalse();
        assertThat(next.value(Boolean.class, "select public.release_lease('recap', 'two')")).isTrue();
        assertThat(next.value(Boolean.class, ACQUIRE, "three", 60)).isTrue();
    }

    @Test
    @OfItsOwn
    void onlyOneOfSeveralConcurrentCallersAcquiresTheLease() throws Exception {
        List<CompletableFuture<Boolean>> runs = IntStream.range(0, 6)
                .mapToObj(i -> {
                    Session session = polaris.as(SERVICE);
                    return Meanwhile.get(() -> session.value(Boolean.class, ACQUIRE, "run " + i, 60));
                }).toList();
        CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).get();

        assertThat(runs.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 86401})
    void leaseHasAnEnd(int seconds) {
        assertThatThrownBy(() -> service.value(Boolean.class, ACQUIRE, "one", seconds)).is(sqlState(INVALID_PARAMETER));
    }

    @Test
    @OfItsOwn
    void advisoryLockBelongsToItsConnection() {
        Session other = polaris.as(SERVICE);

        assertThat(service.value(Boolean.class, "select public.try_lock('recap')")).isTrue();
        assertThat(other.value(Boolean.class, "select public.try_lock('recap')")).isFalse();
        assertThat(other.value(Boolean.class, "select public.try_lock('views')")).isTrue();
        assertThat(service.value(Boolean.class, "select public.unlock('recap')")).isTrue();
        assertThat(other.value(Boolean.class, "select public.try_lock('recap')")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.try_lock('recap')", "public.unlock('recap')", "public.acquire_lease('recap', 'me', 60)", "public.release_lease('recap', 'me')",
        "private.acquire_lease('recap', 'me', 60)"})
    void onlyTheServiceLocks(String call) {
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select " + call)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }
}
