package changelogs.describeit;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** After random changes of sessions on several connections, the totals equal a full count. */
class SessionHistoriesTest {

    private static final int CONNECTIONS = 3;
    private static final int TRIES = 72;
    /** SQLSTATEs of a lock timeout, a deadlock and a serialization failure. */
    private static final Set<String> CONTENTION = Set.of("55P03", "40P01", "40001");
    private static final List<UUID> USERS = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));

    enum Act { INSERT, INSERT_FINISHED, FINISH, EDIT_TIME, LATE_COUNTERS, REOPEN, DELETE, MOVE, FINISH_ALL, DELETE_DAY, HEARTBEAT, COMMIT, ROLLBACK }

    /** One action of a connection on an existing session or user. */
    record Step(int connection, Act act, int user, int session, int day, int count) {
    }

    private static Database database;
    private static Session operator;
    private static List<Connection> connections;
    private static int histories;
    private static int steps;
    private static int refused;

    @BeforeContainer
    static void open() throws SQLException {
        database = Database.openMigrated("describe-it");
        operator = database.operator();
        connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = database.owner().connection();
            try (var statement = connection.createStatement()) {
                statement.execute("set lock_timeout = '4ms'");
                statement.execute("set timezone = 'UTC'");
            }
            connections.add(connection);
        }
    }

    @AfterContainer
    static void close() {
        System.out.printf("%d histories of sessions on %d connections: %d steps, %d of them rolled back because of a lock%n",
                histories, CONNECTIONS, steps, refused);
        database.close();
    }

    @BeforeTry
    void startOver() throws SQLException {
        operator.update("delete from public.users");
        operator.update("delete from public.sessions");
        for (UUID user : USERS) {
            Learners.user(operator, user, "user" + user.getLeastSignificantBits());
            operator.update("""
                    insert into public.sessions (user_id, session_type, started_at, ended_at, images_processed)
                    values (?, 'mixed', '2026-03-02 10:00+00', '2026-03-02 10:20+00', 2), (?, 'qa', '2026-03-04 10:00+00', null, 1)
                    """, user, user);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.get(i).setAutoCommit(false);
            connections.get(i).setTransactionIsolation(i == 2 ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void interleavedTransactionsKeepTotalsCorrect(@ForAll("histories") List<Step> history) throws SQLException {
        for (Step step : history) {
            play(step, connections.get(step.connection()));
        }
        for (Connection connection : connections) {
            connection.commit();
        }
        histories++;

        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
        assertThat(recounted()).as("users whose progress changes when recomputed").isEmpty();
    }

    @Property(tries = TRIES / 6, shrinking = ShrinkingMode.OFF)
    void concurrentTransactionsKeepTotalsCorrect(@ForAll("histories") List<Step> history) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> runs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int own = i;
                runs.add(() -> {
                    for (Step step : history) {
                        if (step.connection() == own) {
                            play(step, connections.get(own));
                        }
                    }
                    connections.get(own).commit();
                    return null;
                });
            }
            for (Future<Void> run : threads.invokeAll(runs)) {
                run.get();
            }
        } finally {
            threads.shutdown();
        }
        histories++;

        assertThat(Learners.wrong(operator)).as("users whose progress is wrong").isEmpty();
        assertThat(recounted()).as("users whose progress changes when recomputed").isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Act> acts = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(12, Arbitraries.of(Act.INSERT, Act.INSERT_FINISHED, Act.FINISH, Act.FINISH, Act.COMMIT, Act.COMMIT)),
                net.jqwik.api.Tuple.of(6, Arbitraries.of(Act.EDIT_TIME, Act.LATE_COUNTERS, Act.REOPEN, Act.DELETE, Act.MOVE, Act.HEARTBEAT)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(Act.FINISH_ALL, Act.DELETE_DAY, Act.ROLLBACK)));
        return Combinators.combine(Arbitraries.integers().between(0, CONNECTIONS - 1), acts, Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 9), Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 9))
                .as(Step::new).list().ofMinSize(25).ofMaxSize(60);
    }

    private static void play(Step step, Connection connection) throws SQLException {
        synchronized (SessionHistoriesTest.class) {
            steps++;
        }
        try {
            switch (step.act()) {
                case COMMIT -> connection.commit();
                case ROLLBACK -> connection.rollback();
                default -> run(connection, sql(step));
            }
        } catch (SQLException e) {
            if (!CONTENTION.contains(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            synchronized (SessionHistoriesTest.class) {
                refused++;
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static String sql(Step step) {
        String user = step.user() == USERS.size() ? "null" : "'" + USERS.get(step.user()) + "'";
        String session = "(select id from public.sessions order by id offset " + step.session()
                + " % (select greatest(count(*), 1) from public.sessions) limit 1)";
        String start = "timestamptz '2026-03-01 23:50:00+00' + interval '1 day' * " + step.day();
        String end = start + " + interval '7 minutes' * " + step.count();
        String type = "(enum_range(null::public.session_type))[" + (1 + step.count() % 4) + "]";
        String counters = "qa_attempts = " + step.count() + ", qa_correct = " + step.count() / 2 + ", vocabulary_learned = " + step.count() % 3
                + ", images_processed = nullif(" + step.count() + ", 4), descriptions_generated = " + step.count() % 2;
        return switch (step.act()) {
            case INSERT -> "insert into public.sessions (user_id, session_type, started_at) values (" + user + ", " + type + ", " + start + ")";
            case INSERT_FINISHED -> "insert into public.sessions (user_id, session_type, started_at, ended_at, qa_attempts) values ("
                    + user + ", " + type + ", " + start + ", " + end + ", " + step.count() + ")";
            case FINISH, EDIT_TIME -> "update public.sessions set ended_at = " + end + " where id = " + session;
            case LATE_COUNTERS -> "update public.sessions set " + counters + " where id = " + session;
            case REOPEN -> "update public.sessions set ended_at = null where id = " + session;
            case DELETE -> "delete from public.sessions where id = " + session;
            case MOVE -> "update public.sessions set user_id = " + user + " where id = " + session;
            case FINISH_ALL -> "update public.sessions set ended_at = " + end + ", " + counters + " where user_id = " + user;
            case DELETE_DAY -> "delete from public.sessions where started_at::date = (" + start + ")::date";
            case HEARTBEAT -> "update public.sessions set session_data = '{\"beat\": 1}' where id = " + session;
            case COMMIT, ROLLBACK -> throw new IllegalArgumentException(step.toString());
        };
    }

    /** Users whose progress changes when the database recomputes it. */
    private static List<UUID> recounted() {
        String columns = "user_id, total_sessions, total_time_spent_minutes, total_descriptions, total_images, total_questions_answered,"
                + " total_vocabulary_learned, average_accuracy, average_completion_time_seconds, last_activity_at, last_description_at,"
                + " last_qa_session_at, last_vocabulary_practice_at, current_streak_days, longest_streak_days";
        String read = "select " + columns + " from public.user_progress order by user_id";
        var before = operator.rows(read);
        operator.value(Long.class, "select private.recompute_user_progress(array(select p.user_id from public.user_progress as p))");
        var after = operator.rows(read);
        return after.stream().filter(row -> !before.contains(row)).map(row -> (UUID) row.get("user_id")).toList();
    }
}
