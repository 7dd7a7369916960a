package changelogs.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script of ops/ that runs without psql: psql commands are removed and their variables are passed as settings. */
public final class Script {

    private static final Pattern FOR_PSQL = Pattern.compile("(?ms)^\\\\if .*?^\\\\endif$|^\\\\.*?$");
    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$[a-z]*\\$");

    private final List<String> statements;

    private Script(List<String> statements) {
        this.statements = statements;
    }

    public static Script at(Path file) {
        try {
            return new Script(split(FOR_PSQL.matcher(Files.readString(file)).replaceAll("")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Splits the script at semicolons at the end of a line, outside of dollar quotes. */
    private static List<String> split(String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        String quote = null;
        for (String line : text.split("\n")) {
            Matcher quotes = DOLLAR_QUOTE.matcher(line);
            while (quotes.find()) {
                if (quote == null) {
                    quote = quotes.group();
                } else if (quote.equals(quotes.group())) {
                    quote = null;
                }
            }
            statement.append(line).append('\n');
            if (quote == null && line.endsWith(";")) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        return statements;
    }

    /** Runs the script like psql, without an open transaction, up to the first error. */
    Outcome run(Connection connection, Map<String, String> settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (var setting : settings.entrySet()) {
                statement.execute("set " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
        }
        Outcome outcome = run(connection, statements);
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
            statement.execute("discard all");
        }
        return outcome;
    }

    /** Runs a single-transaction script after other SQL in the same transaction, then rolls back. */
    public Outcome runAfter(String before, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin");
            statement.execute(before);
            Outcome outcome = run(connection, statements.stream().filter(sql -> !sql.contains("start transaction")).toList());
            statement.execute("rollback");
            return outcome;
        }
    }

    private static Outcome run(Connection connection, List<String> statements) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    read(statement.getResultSet(), lines);
                }
            }
            return new Outcome(lines, "");
        } catch (SQLException e) {
            return new Outcome(lines, e.getMessage());
        }
    }

    private static void read(ResultSet rows, List<String> lines) throws SQLException {
        while (rows.next()) {
            lines.addAll(List.of(rows.getString(1).split("\n")));
        }
    }
}
