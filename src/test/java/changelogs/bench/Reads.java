package changelogs.bench;

import changelogs.bench.ScopedTables.Table;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads of users with few, no and many rows, as multiples of the same read of a copy with a plain policy. */
final class Reads {

    static final String PART = "reads";
    static final List<Person> PEOPLE = List.of(Person.FEW, Person.NONE, Person.MANY);

    private Reads() {
    }

    static void measure(Loaded loaded, Figures figures) throws Exception {
        for (Table table : loaded.tables()) {
            String row = loaded.system() + " " + table.simpleName();
            String known = "";
            for (Person person : PEOPLE) {
                try (ClientSession session = new ClientSession(loaded.name(), person.caller())) {
                    session.begin(keys(session, table));
                    if (person == Person.FEW && table.columns().containsAll(table.key())) {
                        known = condition(session, table);
                    }
                    for (Map.Entry<String, String> query : queries(table, known).entrySet()) {
                        String ours = query.getValue().formatted(table.name());
                        String plain = query.getValue().formatted(Copies.name(table));
                        figures.measure(PART, row, person + ", " + query.getKey(), () -> Pairs.of(() -> session.read(ours), () -> session.read(plain)));
                    }
                }
            }
        }
    }

    private static Map<String, String> queries(Table table, String known) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("newest 20", newest(table));
        queries.put("count", "select count(*) from %s");
        if (!known.isEmpty()) {
            queries.put("by id", "select " + String.join(", ", table.columns()) + " from %s where " + known);
        }
        return queries;
    }

    static String newest(Table table) {
        return "select " + String.join(", ", table.columns()) + " from %s order by " + table.time() + " desc limit 20";
    }

    /** Keys of the rows that the user sees, if the policy compares keys. */
    static String keys(ClientSession session, Table table) throws SQLException {
        if (table.accounts()) {
            return "";
        }
        session.begin("");
        String keys = session.value("select coalesce(string_agg(distinct " + table.owners().get(0) + "::text, ','), '') from " + table.name());
        session.rollback();
        return keys;
    }

    private static String condition(ClientSession session, Table table) throws SQLException {
        String condition = session.value("select " + table.key().stream().map(column -> "'" + column + " = ' || quote_literal(" + column + ")")
                .collect(Collectors.joining(" || ' and ' || ")) + " from " + table.name() + " limit 1");
        if (condition == null) {
            throw new IllegalStateException("The user with few rows has none in " + table.name() + ".");
        }
        return condition;
    }
}
