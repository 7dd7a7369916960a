package changelogs.mutations;

import changelogs.server.Server;
import changelogs.testing.Probe;
import changelogs.testing.Session;
import changelogs.testing.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Records for each test the objects that its calls name and the objects whose use PostgreSQL counts. */
final class Recorder extends Probe {

    /** Names in an error message. */
    private static final Pattern REFUSED = Pattern.compile("\"([^\"|\\p{Cntrl}]+)\"|permission denied for \\w+ (\\w+)");

    private static final String COUNTED = """
            select schemaname || '.' || relname, seq_scan + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del
            from pg_catalog.pg_stat_xact_user_tables
            where seq_scan + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del > 0
            union all
            select schemaname || '.' || funcname, calls
            from pg_catalog.pg_stat_xact_user_functions
            """;

    /** Data recorded so far for a test, or for the setup of its class or factory. */
    private static final class Notes {

        private final Notes parent;
        private final boolean test;

        private final Set<String> states = new HashSet<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> touches = new HashSet<>();
        private final Set<String> refusals = new HashSet<>();
        private boolean shared = true;
        private boolean changelog;
        private long millis;
        /** Vocabulary of the database in use; null if it is not migrated. */
        private Vocabulary vocabulary;
        /** Connection of the shared database in use; null if the test has a dedicated one. */
        private Connection connection;
        private Map<String, Long> counted = Map.of();

        Notes(Notes parent, boolean test) {
            this.parent = parent;
            this.test = test;
            if (parent != null) {
                vocabulary = parent.vocabulary;
                connection = parent.connection;
                counted = parent.counted;
            }
        }

        void add(Notes other) {
            states.addAll(other.states);
            names.addAll(other.names);
            touches.addAll(other.touches);
            refusals.addAll(other.refusals);
            shared &= other.shared;
            changelog |= other.changelog;
        }
    }

    private final Map<String, Vocabulary> vocabularies = new HashMap<>();
    private final Map<String, Notes> all = new LinkedHashMap<>();
    private Notes current = new Notes(null, false);

    /** Begins a test or a container of tests. */
    synchronized void enter(String id, boolean test) {
        current = new Notes(current, test);
        all.put(id, current);
    }

    synchronized void leave(long millis) {
        current.millis = millis;
        current = current.parent;
    }

    @Override
    protected synchronized void began(State state, String database, Connection operator) throws SQLException {
        current.connection = operator;
        countCalls();
        // The counters of the session may still include the previous test.
        current.counted = counters();
        current.states.add(state.toString());
        current.vocabulary = vocabularies.get(state.toString());
        if (current.vocabulary == null) {
            learn(state, operator);
        }
    }

    @Override
    protected synchronized void cloned(State state, String database) throws SQLException {
        current.connection = null;
        current.shared = false;
        current.states.add(state.toString());
        current.vocabulary = vocabularies.get(state.toString());
        if (current.vocabulary == null) {
            try (Session session = Session.in(database, Server.OPERATOR)) {
                learn(state, session.connection());
            }
        }
    }

    private void learn(State state, Connection operator) throws SQLException {
        current.vocabulary = Vocabulary.of(operator);
        vocabularies.put(state.toString(), current.vocabulary);
    }

    @Override
    protected synchronized void usesChangelog() {
        current.changelog = true;
    }

    @Override
    protected synchronized void called(String role, String sql, SQLException failure) throws SQLException {
        if (current.vocabulary == null) {
            return;
        }
        Set<String> named = current.vocabulary.in(sql);
        Set<String> touched = current.vocabulary.closure(named);
        touched.addAll(countedSinceTheLastCall());
        note(current.names, role, named);
        note(current.touches, role, touched);
        if (failure != null) {
            for (Matcher name = REFUSED.matcher(failure.getMessage()); name.find();) {
                current.refusals.add(name.group(1) == null ? name.group(2) : name.group(1));
            }
        }
    }

    private Set<String> countedSinceTheLastCall() throws SQLException {
        if (current.connection == null) {
            return Set.of();
        }
        countCalls();
        Map<String, Long> now = counters();
        Set<String> more = new HashSet<>();
        now.forEach((object, count) -> {
            if (count > current.counted.getOrDefault(object, 0L)) {
                more.add(object);
            }
        });
        current.counted = now;
        return more;
    }

    private Map<String, Long> counters() throws SQLException {
        Map<String, Long> counters = new HashMap<>();
        try (Statement statement = current.connection.createStatement(); ResultSet row = statement.executeQuery(COUNTED)) {
            while (row.next()) {
                counters.merge(row.getString(1), row.getLong(2), Long::sum);
            }
        }
        return counters;
    }

    /** Enables counting until the end of the next call, which resets all settings. */
    private void countCalls() throws SQLException {
        try (Statement statement = current.connection.createStatement()) {
            statement.execute("set track_functions = 'all'");
        }
    }

    private static void note(Set<String> notes, String role, Set<String> objects) {
        for (String object : objects) {
            notes.add("any " + object);
            notes.add(role + " " + object);
        }
    }

    /** Tests that use migrated databases and do not run a changelog. */
    synchronized List<TestRun> runs() {
        List<TestRun> runs = new ArrayList<>();
        all.forEach((id, notes) -> {
            for (Notes before = notes.parent; notes.test && before != null; before = before.parent) {
                notes.add(before);
            }
            if (notes.test && !notes.changelog && !notes.states.isEmpty()) {
                runs.add(new TestRun(id, notes.millis, notes.shared, notes.states, notes.names, notes.touches, notes.refusals));
            }
        });
        return runs;
    }
}
