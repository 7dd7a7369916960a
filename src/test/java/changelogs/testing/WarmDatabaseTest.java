package changelogs.testing;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shared database behaves like a dedicated one: data of a test and the identity of a call do not leak into the next. */
class WarmDatabaseTest {

    private static final String PROFILES = "select count(*) from public.game_profiles";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String NO_SUCH_TABLE = "42P01";

    private WarmDatabase database;

    @BeforeEach
    void lease() {
        database = TestServer.get().lease(State.end("vectors"));
    }

    @AfterEach
    void release() {
        if (database != null) {
            TestServer.get().release(database);
        }
    }

    @Test
    void dataOfATestIsNotVisibleToTheNext() {
        owner().script("create table public.scratch (id integer); insert into public.game_profiles (user_id) values (null)");
        TestServer.get().release(database);
        database = TestServer.get().lease(State.end("vectors"));

        assertThat(owner().value(Long.class, PROFILES)).isZero();
        assertThatThrownBy(() -> owner().rows("select from public.scratch")).is(sqlState(NO_SUCH_TABLE));
    }

    @Test
    void failedCallRollsBackOnlyItself() {
        owner().script("insert into public.game_profiles (user_id) values (null)");

        assertThatThrownBy(() -> owner().script("insert into public.game_profiles (user_id) values (null); select from no_such_table")).is(sqlState(NO_SUCH_TABLE));

        assertThat(owner().value(Long.class, PROFILES)).isOne();
    }

    @Test
    void deferredConstraintIsCheckedAtTheEndOfEachCall() throws SQLException {
        owner().script("create table public.scratch (id integer constraint scratch_id_key unique deferrable initially deferred)");
        database.begin();

        for (int call = 1; call <= 2; call++) {
            assertThatThrownBy(() -> owner().script("insert into public.scratch values (1), (1)")).is(sqlState(UNIQUE_VIOLATION));
            owner().script("insert into public.scratch values (2), (2); delete from public.scratch");
        }
    }

    @Test
    void callHasTheIdentityOfItsCallerAndResetsIt() {
        Session alice = new Session(database.through(ALICE));

        assertThat(alice.rows("select session_user::text as login, current_user::text as role, auth.uid() as account, current_setting('statement_timeout') as timeout"))
                .singleElement().hasToString("{login=authenticator, role=authenticated, account=" + ALICE.account() + ", timeout=8s}");
        assertThatThrownBy(() -> alice.script("set local role postgres")).is(sqlState("42501"));
        assertThat(owner().value(String.class, "select concat_ws(' ', session_user, current_user, auth.uid())")).isEqualTo("postgres postgres");
        assertThat(operator().value(String.class, "select concat_ws(' ', session_user, current_user, auth.uid())")).isEqualTo("supabase_admin supabase_admin");
    }

    @Test
    void settingsOfACallEndWithIt() {
        operator().script("set local session_replication_role = replica; set lock_timeout = '1s'; set search_path = auth");

        assertThat(operator().value(String.class, "select concat_ws(' ', current_setting('session_replication_role'), current_setting('lock_timeout'),"
                + " current_setting('search_path') = 'auth')")).isEqualTo("origin 0 f");
    }

    @Test
    void useFromASecondThreadFailsWithAHint() {
        Session owner = owner();

        assertThatThrownBy(() -> Meanwhile.run(() -> owner.rows("select 1")).join()).isInstanceOf(CompletionException.class)
                .hasMessageContaining("A second thread").hasMessageContaining("Database.ofItsOwn(\"vectors\")");
        assertThatThrownBy(owner::connection).hasMessageContaining("@OfItsOwn");
    }

    @Test
    void testThatCommitsFailsAndItsDatabaseIsNotReused() {
        WarmDatabase committed = database;
        database = null;
        Session operator = new Session(committed.direct(Server.OPERATOR));

        assertThatThrownBy(() -> operator.script("insert into public.game_profiles (user_id) values (null); commit")).isInstanceOf(SqlFailed.class);
        assertThatThrownBy(() -> TestServer.get().release(committed)).hasMessageContaining("ended its transaction").hasMessageContaining("@OfItsOwn");

        database = TestServer.get().lease(State.end("vectors"));
        assertThat(database.name()).isNotEqualTo(committed.name());
        assertThat(owner().value(Long.class, PROFILES)).isZero();
    }

    private Session owner() {
        return new Session(database.direct(Server.MIGRATOR));
    }

    private Session operator() {
        return new Session(database.direct(Server.OPERATOR));
    }
}
