package changelogs.liquibase;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import liquibase.exception.DatabaseException;

/** Resolves {@code env:NAME} in the URL, the user and the password of a connection to the environment variable of that name. */
final class Environment {

    static final String PREFIX = "env:";

    private final UnaryOperator<String> variables;

    Environment(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    /** The URL, the user and the password to connect with; an error names all variables that are missing or empty. */
    Login resolve(String url, Properties properties) throws DatabaseException {
        Set<String> missing = new LinkedHashSet<>();
        Properties resolved = new Properties();
        resolved.putAll(properties);
        String resolvedUrl = resolve(url, missing);
        for (String name : List.of("user", "password")) {
            if (properties.getProperty(name) != null) {
                resolved.setProperty(name, resolve(properties.getProperty(name), missing));
            }
        }
        if (!missing.isEmpty()) {
            throw new DatabaseException("Set " + list(List.copyOf(missing)) + ". These environment variables hold the URL of the database,"
                    + " such as jdbc:postgresql://db.<project>.supabase.co:5432/postgres?sslmode=require, the role that owns it,"
                    + " and the password of that role");
        }
        return new Login(resolvedUrl, resolved);
    }

    /** An empty variable counts as missing: that is what a workflow gets for a secret that nobody has set. */
    private String resolve(String value, Set<String> missing) {
        if (!value.startsWith(PREFIX)) {
            return value;
        }
        String name = value.substring(PREFIX.length());
        String found = Objects.requireNonNullElse(variables.apply(name), "");
        if (found.isBlank()) {
            missing.add(name);
        }
        return found;
    }

    /** As in {@code a, b and c}. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    record Login(String url, Properties properties) {
    }
}
