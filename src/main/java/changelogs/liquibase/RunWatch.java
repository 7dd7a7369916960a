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
 * Watches a run from a second connection: says every few seconds what a statement that takes long is doing, and ends a run whose
 * server has not answered for too long.
 *
 * <p>It connects when a statement has taken that long, not before, and each look is a transaction of its own.
 */
class RunWatch implements AutoCloseable {

    private static final RunWatch NONE = new RunWatch(null, 0, true, Duration.ZERO, Duration.ZERO);

    private static final ConfigurationDefinition.Builder SETTINGS = new ConfigurationDefinition.Builder("changelogs");
    static final ConfigurationDefinition<Integer> INTERVAL = SETTINGS.define("watchSeconds", Integer.class)
            .setDescription("After how many seconds a run says what its statement is doing, and again after each; 0 for never.")
            .setDefaultValue(10).buildTemporary();
    static final ConfigurationDefinition<Integer> PATIENCE = SETTINGS.define("silenceSeconds", Integer.class)
            .setDescription("After how many seconds without an answer of the server a run is ended; 0 for never.")
            .setDefaultValue(300).buildTemporary();

    private final VerbatimConnection run;
    private final int backend;
    private final boolean direct;
    private final Duration interval;
    private final Duration patience;

    private volatile Wait current;
    private Thread thread;

    /** The rest belongs to the thread. */
    private Connection connection;
    private boolean connected;
    private Wait looked;
    private Instant silentSince;

    /** What the run waits for: an answer to a statement of a changeset, which is null before the first. */
    private record Wait(ChangeSet changeSet, Instant changeSetBegun, Instant begun) {
    }

    /** Closed when the answer is there. */
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

    /** Of a run without a second connection. */
    static RunWatch none() {
        return NONE;
    }

    /** Of a run in the session {@code backend} of the server, to which it is connected directly or through a pooler. */
    static RunWatch of(VerbatimConnection run, int backend, boolean direct) {
        Duration interval = Duration.ofSeconds(INTERVAL.getCurrentValue());
        return interval.isZero() ? NONE : new RunWatch(run, backend, direct, interval, Duration.ofSeconds(PATIENCE.getCurrentValue()));
    }

    /** The run waits for an answer from here on. */
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
                // The run is over.
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
            silent = activity.isOver(interval);
        } catch (SQLException e) {
            disconnect();
            silent = String.valueOf(e.getSQLState()).startsWith("08");
            seen = "a second connection " + (silent ? "gets no answer from the server (" : "cannot see what it does (") + e.getMessage() + ")";
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
        // A pooler may have no second session to give, which is not the silence of the server.
        boolean ends = silent && !patience.isZero() && (direct || connected);
        if (ends && silence.compareTo(patience) >= 0) {
            say(wait, seen + ". This has been so for " + silence.toSeconds() + " s; the run ends here.");
            end();
        } else {
            say(wait, seen + (ends ? ". If it stays so, the run ends in " + patience.minus(silence).toSeconds() + " s." : "."));
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
            // It is of no more use either way.
        } finally {
            connection = null;
        }
    }

    /** Whoever waits for an answer gets an error instead. */
    private void end() {
        try {
            run.getUnderlyingConnection().abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the watch with its run. */
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
