package changelogs.liquibase;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import liquibase.exception.DatabaseException;

/** Replaces {@code env:NAME} in the URL, user and password of a connection by the value of the environment variable. */
public final class Environment {

    static final String PREFIX = "env:";

    private final UnaryOperator<String> variables;

    public Environment(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    /** URL, user and password of the connection; the error lists all missing or empty variables. */
    public Login resolve(String url, Properties properties) throws DatabaseException {
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
            throw new DatabaseException("Set " + list(List.copyOf(missing)) + ". These environment variables contain the URL of the database,"
                    + " such as jdbc:postgresql://db.<project>.supabase.co:5432/postgres?sslmode=require, the role that owns it,"
                    + " and its password");
        }
        return new Login(resolvedUrl, resolved);
    }

    /** An empty variable counts as missing, because GitHub passes an unset secret as an empty value. */
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

    /** Joins names as in {@code a, b and c}. */
    static String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    public record Login(String url, Properties properties) {
    }
}
