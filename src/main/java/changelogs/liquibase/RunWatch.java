package changelogs.liquibase;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.configuration.ConfigurationDefinition;

/**
 * Watches a run from a second connection: reports every few seconds what a slow statement is doing, and ends the run if the server does
 * not respond for too long.
 *
 * <p>Connects only when a statement is slow, and queries in separate transactions.
 */
class RunWatch implements AutoCloseable {

    private static final RunWatch NONE = new RunWatch(null, 0, true, Duration.ZERO, Duration.ZERO);

    private static final ConfigurationDefinition.Builder SETTINGS = new ConfigurationDefinition.Builder("changelogs");
    static final ConfigurationDefinition<Integer> INTERVAL = SETTINGS.define("watchSeconds", Integer.class)
            .setDescription("Interval in seconds at which a run reports what its statement is doing; 0 for never.")
            .setDefaultValue(10).buildTemporary();
    static final ConfigurationDefinition<Integer> PATIENCE = SETTINGS.define("silenceSeconds", Integer.class)
            .setDescription("Seconds without a response of the server after which a run ends; 0 for never.")
            .setDefaultValue(300).buildTemporary();

    private final VerbatimConnection run;
    private final int backend;
    private final boolean direct;
    private final Duration interval;
    private final Duration patience;

    private volatile Wait current;
    private Thread thread;

    /** Only the watch thread uses the following fields. */
    private Connection connection;
    private boolean connected;
    private Wait looked;
    private Instant silentSince;

    /** A wait for the result of a statement of a changeset, which is null before the first changeset. */
    private record Wait(ChangeSet changeSet, Instant changeSetBegun, Instant begun) {
    }

    /** Closed when the result has arrived. */
    interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    private RunWatch(VerbatimConnection run, int backend, boolean direct, Duration interval, Duration patience) {
        this.run = run;
        this.backend = backend;
        this.direct = direct;
        this.interval = interval;
        this.patience = patience;
    }

    /** A watch that does nothing, for runs without a second connection. */
    static RunWatch none() {
        return NONE;
    }

    /** A watch for the session with process id {@code backend}. */
    static RunWatch of(VerbatimConnection run, int backend, boolean direct) {
        Duration interval = Duration.ofSeconds(INTERVAL.getCurrentValue());
        return interval.isZero() ? NONE : new RunWatch(run, backend, direct, interval, Duration.ofSeconds(PATIENCE.getCurrentValue()));
    }

    /** Called when the run starts to wait for a result. */
    Waiting begin(ChangeSet changeSet, Instant changeSetBegun) {
        if (run == null) {
            return () -> { };
        }
        Wait outer = current;
        current = new Wait(changeSet, changeSetBegun, Instant.now());
        if (thread == null) {
            start();
        }
        return () -> current = outer;
    }

    private void start() {
        Scope scope = Scope.getCurrentScope();
        Map<String, Object> output = Map.of(Scope.Attr.ui.name(), scope.getUI(),
                Scope.Attr.logService.name(), scope.get(Scope.Attr.logService, Object.class));
        thread = new Thread(() -> {
            try {
                Scope.child(output, this::watch);
            } catch (InterruptedException e) {
                // The run has ended.
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                disconnect();
            }
        }, "run watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() throws InterruptedException {
        Instant due = Instant.MIN;
        while (true) {
            Thread.sleep(Math.max(1, interval.toMillis() / 10));
            Wait wait = current;
            if (wait != null && !Instant.now().isBefore(due) && Duration.between(wait.begun(), Instant.now()).compareTo(interval) >= 0) {
                look(wait);
                due = Instant.now().plus(interval);
            }
        }
    }

    private void look(Wait wait) {
        Instant start = Instant.now();
        String seen;
        boolean silent;
        try {
            Activity activity = Activity.of(connection(), backend);
            seen = activity.text();
            silent = activity.isIdleFor(interval);
        } catch (SQLException e) {
            disconnect();
            silent = String.valueOf(e.getSQLState()).startsWith("08");
            seen = "a second connection " + (silent ? "gets no answer from the server (" : "cannot see what the server does (") + e.getMessage() + ")";
        }
        if (current != wait) {
            return;
        }
        if (!silent) {
            silentSince = null;
        } else if (silentSince == null || looked != wait) {
            silentSince = start;
        }
        looked = wait;
        Duration silence = silent ? Duration.between(silentSince, Instant.now()) : Duration.ZERO;
        // A pooler may have no second session, which does not mean that the server is silent.
        boolean ends = silent && !patience.isZero() && (direct || connected);
        if (ends && silence.compareTo(patience) >= 0) {
            say(wait, seen + ". This has lasted " + silence.toSeconds() + " s, so the run ends.");
            end();
        } else {
            say(wait, seen + (ends ? ". If this continues, the run ends in " + patience.minus(silence).toSeconds() + " s." : "."));
        }
    }

    private static void say(Wait wait, String seen) {
        String task = wait.changeSet() == null ? "The run has waited" : "Changeset " + wait.changeSet().toString(false) + " has run";
        Instant since = wait.changeSet() == null ? wait.begun() : wait.changeSetBegun();
        Scope.getCurrentScope().getUI().sendMessage(task + " for " + Duration.between(since, Instant.now()).toSeconds() + " s: " + seen);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = run.another();
            try (Statement settings = connection.createStatement()) {
                settings.execute("set lock_timeout = '1s'; set statement_timeout = '4s'");
            }
            connected = true;
        }
        return connection;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // The connection is not used again.
        } finally {
            connection = null;
        }
    }

    /** Ends the run: the waiting statement fails with an error. */
    private void end() {
        try {
            run.getUnderlyingConnection().abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the watch thread. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(1).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
