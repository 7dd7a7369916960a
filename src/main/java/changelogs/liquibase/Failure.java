package changelogs.liquibase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;
import liquibase.exception.LiquibaseException;
import liquibase.exception.MigrationFailedException;

/** Report of a failed changeset: its files, the reason, and what to do. */
final class Failure {

    private static final Pattern SQL = Pattern.compile("\\s*(\\n|\\[)Failed SQL(:|, one of:)");
    private static final Pattern END = Pattern.compile(";\\s*");
    /** Prepended to the content of a file, so that the first statement also follows a semicolon. */
    private static final String BEFORE = ";\n";
    /** Maximum number of SQL lines in the report. */
    private static final int SHOWN = 25;
    private static final String INDENT = "\n          ";

    private final ChangeSet changeSet;
    private final Exception error;
    private final String whatToDo;

    private Failure(ChangeSet changeSet, Exception error, String whatToDo) {
        this.changeSet = changeSet;
        this.error = error;
        this.whatToDo = whatToDo;
    }

    static Failure applying(ChangeSet changeSet, Exception error) {
        return new Failure(changeSet, error, (changeSet.isRunInTransaction()
                ? "No part of this changeset was applied; earlier changesets were."
                : "This changeset runs without a transaction, so a part of it may be applied; it can run again. Earlier changesets were applied.")
                + " Fix the cause and run liquibase:update again; it continues with this changeset.");
    }

    static Failure rollingBack(ChangeSet changeSet, Exception error) {
        return new Failure(changeSet, error, (changeSet.isRunInTransaction()
                ? "No part of this changeset was rolled back; later changesets were."
                : "This changeset runs without a transaction, so a part of it may be rolled back. Later changesets were rolled back.")
                + " Fix the cause and run the rollback again, or restore them with liquibase:update.");
    }

    @Override
    public String toString() {
        return "Failed:   " + changeSet.toString(false) + "\nFile:     " + String.join(INDENT, files()) + "\nReason:   " + reason(error)
                + "\nDo:       " + whatToDo;
    }

    /** The report with the failed SQL, unless all SQL is in files. */
    String withSql() {
        String message = message(error);
        Matcher sql = SQL.matcher(message);
        if (!sql.find() || changeSet.getChanges().stream().allMatch(SQLFileChange.class::isInstance)) {
            return toString();
        }
        List<String> lines = message.substring(sql.start()).strip().lines().toList();
        return this + "\n" + String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size()))) + (lines.size() > SHOWN ? "\n…" : "");
    }

    static String reason(Exception error) {
        return SQL.split(message(error), 2)[0].strip();
    }

    /** Message of the innermost Liquibase exception; the outer ones repeat it. */
    private static String message(Exception error) {
        Throwable innermost = error;
        while (innermost.getCause() instanceof LiquibaseException || innermost.getCause() instanceof SQLException
                && innermost.getCause().getMessage() != null && !innermost.getMessage().contains(innermost.getCause().getMessage())) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        return innermost instanceof MigrationFailedException ? message.replaceFirst("(?s)^Migration failed for changeset .*?:\\s+Reason: ", "") : message;
    }

    private List<String> files() {
        String file = Migration.file(changeSet);
        int line = lineOf(Pattern.compile("(?m)^\\s*(- )?id:\\s*[\"']?" + Pattern.quote(changeSet.getId()) + "[\"']?\\s*$"), read(file));
        Stream<String> sql = changeSet.getChanges().stream().flatMap(this::sqlFile).map(path -> {
            int failed = failedLine(read(path));
            return failed == 0 ? path : path + ":" + failed;
        });
        return Stream.concat(Stream.of(line == 0 ? file : file + ":" + line), sql).toList();
    }

    private Stream<String> sqlFile(Change change) {
        if (!(change instanceof SQLFileChange sql) || sql.getPath() == null) {
            return Stream.empty();
        }
        Path path = Path.of(sql.getPath());
        boolean relative = Boolean.TRUE.equals(sql.isRelativeToChangelogFile());
        return Stream.of((relative ? Path.of(Migration.file(changeSet)).resolveSibling(path).normalize() : path).toString().replace('\\', '/'));
    }

    private static int lineOf(Pattern pattern, String content) {
        Matcher matcher = pattern.matcher(content);
        return matcher.find() ? line(content, matcher.end()) : 0;
    }

    private static int line(String content, int offset) {
        return 1 + (int) content.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** Line of the error. The server reports a position within the statement; the words of its message identify the statement. */
    private int failedLine(String content) {
        SQLException sql = sqlError();
        int position = sql == null ? 0 : position(sql);
        List<String> words = position == 0 ? List.of() : Stream.of(sql.getMessage().split("[\\s\",]+")).filter(word -> word.length() > 1).toList();
        Matcher end = END.matcher(BEFORE + content);
        while (end.find()) {
            // If the statement was sent with others, the position includes the white space before it.
            for (int at : new int[] {end.start() + position, end.end() + position - 1}) {
                if (words.stream().anyMatch(word -> (BEFORE + content).startsWith(word, at))) {
                    return line(content, at - BEFORE.length());
                }
            }
        }
        return 0;
    }

    /** Position of the error in its statement, from 1; 0 if unknown. Uses reflection, because the plugin loads the driver in another class loader. */
    private static int position(SQLException error) {
        try {
            Object server = error.getClass().getMethod("getServerErrorMessage").invoke(error);
            return server == null ? 0 : (Integer) server.getClass().getMethod("getPosition").invoke(server);
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }

    /** The server's error; null if the failure came from Liquibase. */
    SQLException sqlError() {
        return (SQLException) Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause).filter(SQLException.class::isInstance)
                .findFirst().orElse(null);
    }

    /** Content of a file; empty if it cannot be read, so that the original failure is reported. */
    private static String read(String file) {
        try (InputStream content = Scope.getCurrentScope().getResourceAccessor().getExisting(file).openInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
