package changelogs.bench;

import changelogs.testing.Session;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Views, and functions that only read, as multiples of the newest 20 rows of a plain copy. All share this unit, so that a view whose query becomes
 * slower is noticed.
 */
final class Views {

    static final String PART = "views";
    private static final int MOST_UNITS = 200;
    private static final String VIEWS = """
            select c.relname
            from pg_class as c
            where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace and has_table_privilege('authenticated', c.oid, 'select')
            order by 1
            """;
    /** Functions without arguments, or with one for an account. */
    private static final String FUNCTIONS = """
            select p.proname || '(' || repeat('auth.uid()', p.pronargs - p.pronargdefaults) || ')'
            from pg_proc as p
            where p.pronamespace = 'public'::regnamespace and p.provolatile = 's' and has_function_privilege('authenticated', p.oid, 'execute')
                and (p.pronargs = p.pronargdefaults or p.pronargs = p.pronargdefaults + 1 and p.proargtypes[0] = 'uuid'::regtype and p.proargnames[1] in ('uid', 'p_user'))
            order by 1
            """;

    private Views() {
    }

    static void measure(Loaded loaded, Figures figures) throws Exception {
        Session operator = loaded.database().operator();
        Map<String, String> reads = new LinkedHashMap<>();
        operator.column(String.class, VIEWS).forEach(view -> reads.put(view, "select * from public." + view + " limit 20"));
        operator.column(String.class, FUNCTIONS).forEach(call -> reads.put(call.replace("auth.uid()", ""), "select * from public." + call + " limit 20"));
        String unit = Reads.newest(loaded.usual()).formatted(Copies.name(loaded.usual()));
        for (Person person : loaded.hasAdmins() ? List.of(Person.values()) : Reads.PEOPLE) {
            try (ClientSession session = new ClientSession(loaded.name(), person.caller())) {
                String keys = Reads.keys(session, loaded.usual());
                for (Map.Entry<String, String> read : reads.entrySet()) {
                    session.begin(keys);
                    if (mayRead(session, read.getValue())) {
                        int times = times(session, read.getValue(), unit);
                        figures.measure(PART, loaded.system() + " " + read.getKey(), person.toString(),
                                () -> Pairs.of(() -> session.read(read.getValue()), () -> session.readOften(unit, times) / times));
                    }
                    session.rollback();
                }
            }
        }
    }

    /** How many runs of the unit take about as long as one run of the query, so that other processes delay both sides of a pair equally. */
    private static int times(ClientSession session, String query, String unit) throws SQLException {
        long ours = Math.min(session.read(query), session.read(query));
        return (int) Math.max(1, Math.min(MOST_UNITS, ours / Math.min(session.read(unit), session.read(unit))));
    }

    private static boolean mayRead(ClientSession session, String query) throws SQLException {
        try {
            session.read(query);
            return true;
        } catch (SQLException e) {
            if (e.getSQLState().equals("42501")) {
                return false;
            }
            throw e;
        }
    }
}
