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

/** A changeset that failed, as an operator needs it: where it is written, the reason, and what to do. */
final class Failure {

    private static final Pattern SQL = Pattern.compile("\\s*(\\n|\\[)Failed SQL(:|, one of:)");
    private static final Pattern END = Pattern.compile(";\\s*");
    /** What a statement follows that is the first in its file. */
    private static final String BEFORE = ";\n";
    /** So many lines of SQL. */
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
                ? "Nothing of this changeset was applied; those before it are."
                : "This changeset has no transaction, so a part of it may be applied; it can run again. Those before it are applied.")
                + " Remove the cause and run liquibase:update again; it goes on with this changeset.");
    }

    static Failure takingBack(ChangeSet changeSet, Exception error) {
        return new Failure(changeSet, error, (changeSet.isRunInTransaction()
                ? "Nothing of this changeset was taken back; those after it are."
                : "This changeset has no transaction, so a part of it may be taken back. Those after it are taken back.")
                + " Remove the cause and run the rollback again, or restore them with liquibase:update.");
    }

    @Override
    public String toString() {
        return "Failed:   " + changeSet.toString(false) + "\nFile:     " + String.join(INDENT, files()) + "\nReason:   " + reason(error)
                + "\nDo:       " + whatToDo;
    }

    /** With the statements, as far as no file holds them: they may come from several changes. */
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

    /** The innermost of Liquibase's own messages; those around it repeat it. */
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

    /** The server counts from the beginning of the statement; which statement it was, a word of its message tells. */
    private int failedLine(String content) {
        SQLException sql = sqlError();
        int position = sql == null ? 0 : position(sql);
        List<String> words = position == 0 ? List.of() : Stream.of(sql.getMessage().split("[\\s\",]+")).filter(word -> word.length() > 1).toList();
        Matcher end = END.matcher(BEFORE + content);
        while (end.find()) {
            // With the white space before the statement where it was sent together with others.
            for (int at : new int[] {end.start() + position, end.end() + position - 1}) {
                if (words.stream().anyMatch(word -> (BEFORE + content).startsWith(word, at))) {
                    return line(content, at - BEFORE.length());
                }
            }
        }
        return 0;
    }

    /** Of the error in its statement, from 1; 0 where the server names none. By name, since the plugin loads the driver apart from this class. */
    private static int position(SQLException error) {
        try {
            Object server = error.getClass().getMethod("getServerErrorMessage").invoke(error);
            return server == null ? 0 : (Integer) server.getClass().getMethod("getPosition").invoke(server);
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }

    /** What the server said; null where the failure is Liquibase's own. */
    SQLException sqlError() {
        return (SQLException) Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause).filter(SQLException.class::isInstance)
                .findFirst().orElse(null);
    }

    /** Empty where it cannot be read: the failure that is reported counts more. */
    private static String read(String file) {
        try (InputStream content = Scope.getCurrentScope().getResourceAccessor().getExisting(file).openInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
