package changelogs.mutations;

import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import changelogs.testing.State;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All mutations of a migrated state, read from its catalog. */
record Mutants(List<Mutation> mutations, Callers callers) {

    /** Roles that do not bypass row level security. */
    private static final Set<String> CALLERS = Set.of("anon", "authenticated");

    private static final Set<Kind> FROM_THE_CATALOG = EnumSet.complementOf(EnumSet.of(Kind.EXECUTE_WIDENED, Kind.CALLER_CHECK_OPENED));

    /** Names of functions that read the caller's identity; the second list has those whose check cannot be mutated. */
    record Callers(List<String> readingCaller, List<String> withoutMutation) {
    }

    /** A function with its properties. */
    private record Function(String schema, String name, String signature, String quoted, CallerChecks checks, boolean trigger, boolean anon, boolean authenticated,
            boolean granted, Set<String> triggered) {

        String qualified() {
            return schema + "." + name;
        }

        /** Whether callers other than the service can reach the function: directly, through another function, or by a write. */
        boolean isReachable() {
            return trigger || !granted || authenticated || anon;
        }

        /** Roles that may detect a removed check; a trigger also affects the service. */
        Set<String> callers() {
            return trigger ? Set.of() : CALLERS;
        }
    }

    static Mutants of(State state) {
        Set<String> before = new LinkedHashSet<>();
        try (Database unmigrated = Database.open(state.system()); Session operator = unmigrated.operator()) {
            read(state, Schema.readBy(operator)).forEach(mutation -> before.add(mutation.id()));
        }
        try (Database migrated = Database.openMigrated(state); Session operator = migrated.operator()) {
            Schema schema = Schema.readBy(operator);
            List<Mutation> made = new ArrayList<>(read(state, schema));
            made.removeIf(mutation -> before.contains(mutation.id()));
            List<Function> functions = functions(schema);
            List<Mutation> opened = opened(state, functions, operator);
            made.addAll(opened);
            made.addAll(widened(state, functions));
            Set<String> mutated = opened.stream().flatMap(mutation -> mutation.concerns().stream()).collect(Collectors.toSet());
            List<String> readingCaller = functions.stream().filter(function -> function.checks.readsCaller()).map(Function::signature).toList();
            List<String> without = functions.stream().filter(function -> function.checks.readsCaller() && !mutated.contains(function.qualified())).map(Function::signature).toList();
            return new Mutants(made, new Callers(readingCaller, without));
        }
    }

    private static List<Mutation> read(State state, Schema schema) {
        Origins origins = new Origins(state.system());
        List<Mutation> mutations = new ArrayList<>();
        for (Kind kind : FROM_THE_CATALOG) {
            schema.mutations(kind).forEach(row -> mutations.add(new Mutation(kind, state, (String) row.get("object"), set(row.get("concerns")), set(row.get("roles")),
                    set(row.get("hints")), origins.of(set(row.get("origins"))), (String) row.get("sql"))));
        }
        return mutations;
    }

    private static List<Function> functions(Schema schema) {
        return schema.functions().stream().map(row -> new Function((String) row.get("schema"), (String) row.get("name"), (String) row.get("signature"),
                (String) row.get("quoted"), new CallerChecks((String) row.get("definition")), is(row, "trigger"), is(row, "anon"), is(row, "authenticated"),
                is(row, "granted"), set(row.get("triggered")))).toList();
    }

    /**
     * A check in a function that only the service may call duplicates the grant, so it is removed together with the grant in {@link
     * #widened}.
     */
    private static List<Mutation> opened(State state, List<Function> functions, Session operator) {
        Origins origins = new Origins(state.system());
        List<Mutation> mutations = new ArrayList<>();
        for (Function function : functions) {
            if (!function.isReachable()) {
                continue;
            }
            List<String> opened = function.checks.withEachCheckRemoved();
            for (int i = 0; i < opened.size(); i++) {
                Set<String> concerns = new LinkedHashSet<>(function.triggered);
                concerns.add(function.qualified());
                if (isValid(operator, opened.get(i))) {
                    mutations.add(new Mutation(Kind.CALLER_CHECK_OPENED, state, function.signature + (opened.size() > 1 ? " check " + (i + 1) : ""), concerns,
                            function.callers(), Set.of(function.name), origin(origins, function), opened.get(i)));
                }
            }
        }
        return mutations;
    }

    /**
     * Each restricted function of the API, opened to all callers: its grant, the grant of the private function behind it, and their checks
     * are removed.
     */
    private static List<Mutation> widened(State state, List<Function> functions) {
        Origins origins = new Origins(state.system());
        List<Mutation> mutations = new ArrayList<>();
        Predicate<Function> offered = function -> function.schema.equals("public") && function.granted && !function.trigger && !function.anon;
        for (Function function : functions.stream().filter(offered).toList()) {
            StringBuilder sql = new StringBuilder("grant usage on schema private to anon");
            Set<String> concerns = new LinkedHashSet<>();
            for (Function layer : functions.stream().filter(other -> other.name.equals(function.name)).toList()) {
                concerns.add(layer.qualified());
                sql.append("; grant execute on function ").append(layer.quoted).append(" to anon, authenticated; ").append(layer.checks.withoutRejections());
            }
            mutations.add(new Mutation(Kind.EXECUTE_WIDENED, state, function.signature, concerns, CALLERS, Set.of(function.name), origin(origins, function), sql.toString()));
        }
        return mutations;
    }

    private static String origin(Origins origins, Function function) {
        return origins.of(List.of("create (or replace )?function " + function.schema + "\\." + function.name + "\\b"));
    }

    private static boolean isValid(Session operator, String definition) {
        try {
            operator.script(definition);
            return true;
        } catch (SqlFailed notAFunction) {
            return false;
        }
    }

    private static boolean is(Map<String, Object> row, String column) {
        return (Boolean) row.get(column);
    }

    private static Set<String> set(Object array) {
        try {
            return new LinkedHashSet<>(List.of((String[]) ((Array) array).getArray()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
