package changelogs.mutations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Relations and functions of a state; finds those that a text names, directly or through their definitions. */
final class Vocabulary {

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private static final String DEFINITIONS = """
            select n.nspname || '.' || c.relname, c.relname, concat_ws(' ', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
                (select string_agg(f.proname, ' ') from pg_catalog.pg_trigger as t join pg_catalog.pg_proc as f on f.oid = t.tgfoid
                    where t.tgrelid = c.oid and not t.tgisinternal))
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm') and n.nspname in ('public', 'private', 'auth', 'storage')
            union all
            select n.nspname || '.' || p.proname, p.proname, string_agg(case when p.prorettype <> 'trigger'::regtype then p.prosrc else '' end, ' ')
            from pg_catalog.pg_proc as p
            join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
            where n.nspname in ('public', 'private')
            group by 1, 2
            """;

    private final Map<String, Set<String>> named = new HashMap<>();
    private final Map<String, String> definitions = new HashMap<>();
    private final Map<String, Set<String>> texts = new ConcurrentHashMap<>();

    private Vocabulary() {
    }

    static Vocabulary of(Connection operator) throws SQLException {
        Vocabulary vocabulary = new Vocabulary();
        try (Statement statement = operator.createStatement(); ResultSet row = statement.executeQuery(DEFINITIONS)) {
            while (row.next()) {
                vocabulary.named.computeIfAbsent(row.getString(2), name -> new HashSet<>()).add(row.getString(1));
                vocabulary.definitions.put(row.getString(1), row.getString(3));
            }
        }
        return vocabulary;
    }

    /** Objects that the text names directly. */
    Set<String> in(String text) {
        return texts.computeIfAbsent(text, this::read);
    }

    private Set<String> read(String text) {
        Set<String> objects = new HashSet<>();
        for (Matcher word = WORD.matcher(text); word.find();) {
            objects.addAll(named.getOrDefault(word.group(), Set.of()));
        }
        return objects;
    }

    /** The given objects and all objects that their definitions name. */
    Set<String> closure(Set<String> objects) {
        Set<String> all = new HashSet<>(objects);
        Deque<String> open = new ArrayDeque<>(objects);
        while (!open.isEmpty()) {
            for (String next : in(definitions.getOrDefault(open.pop(), ""))) {
                if (all.add(next)) {
                    open.push(next);
                }
            }
        }
        return all;
    }
}
