package changelogs.pages;

import changelogs.testing.Changelog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeSet;
import liquibase.precondition.Precondition;
import liquibase.precondition.PreconditionLogic;
import liquibase.precondition.core.ChangeSetExecutedPrecondition;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.precondition.core.SqlPrecondition;

/** The generated part of verify.sql, which compares a database with the changelog: changesets, jobs and definitions. */
final class VerifyPart {

    private static final String BEGIN = "-- Begin of the generated part";
    private static final String END = "-- End of the generated part.\n";
    private static final Pattern EXTENSION = Pattern.compile("e\\.(?:ext)?name = '(\\w+)'");
    private static final Pattern JOB = Pattern.compile("cron\\.schedule\\(\\s*'([^']+)',\\s*'([^']+)',\\s*(?:'([^']+)'|\\$job\\$(.+?)\\$job\\$)\\s*\\)");

    private final String system;
    private final List<ChangeSet> changeSets;

    VerifyPart(String system) {
        this.system = system;
        this.changeSets = Changelog.changeSets(system);
    }

    static Path script(String system) {
        return Path.of("ops", system, "verify.sql");
    }

    /** The script with this part updated. */
    String in(String script, Made made) throws SQLException {
        String part = template()
                .replace("@system@", system)
                .replace("@changesets@", String.join("\n", changesets()))
                .replace("@jobs@", String.join("\n", jobs()))
                .replace("@definitions@", String.join("\n", definitions(made)));
        int end = script.indexOf(END) + END.length();
        return script.substring(0, script.indexOf(BEGIN)) + part + script.substring(end);
    }

    private static String template() {
        try (InputStream in = VerifyPart.class.getResourceAsStream("/verify/changelog.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> changesets() {
        Map<String, String> waits = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (ChangeSet changeSet : changeSets) {
            String context = Objects.requireNonNullElse(changeSet.buildFullContext(), "").replaceAll("^\\((.*)\\)$", "$1");
            String reason = reason(changeSet, waits);
            waits.put(changeSet.getId(), reason);
            lines.add(changeSet.getId() + (context.isEmpty() ? "" : "; context " + context) + (reason.isEmpty() ? "" : "; " + reason));
        }
        return lines;
    }

    /** The reason why a changeset may stay pending; a changeset that requires another one has the same reason. */
    private static String reason(ChangeSet changeSet, Map<String, String> waits) {
        PreconditionContainer container = changeSet.getPreconditions();
        if (container == null || container.getOnFail() != PreconditionContainer.FailOption.CONTINUE) {
            return "";
        }
        String reason = "precondition";
        for (Precondition precondition : leaves(container).toList()) {
            if (precondition instanceof ChangeSetExecutedPrecondition executed) {
                reason = waits.get(executed.getId());
            } else if (precondition instanceof SqlPrecondition sql) {
                Matcher extension = EXTENSION.matcher(sql.getSql());
                if (extension.find()) {
                    reason = "extension " + extension.group(1);
                }
            }
        }
        return reason;
    }

    private static Stream<Precondition> leaves(PreconditionLogic logic) {
        return logic.getNestedPreconditions().stream().flatMap(nested -> nested instanceof PreconditionLogic more ? leaves(more) : Stream.of(nested));
    }

    private List<String> jobs() {
        List<String> lines = new ArrayList<>();
        for (ChangeSet changeSet : changeSets) {
            String sql = changeSet.getChanges().stream().filter(change -> change instanceof RawSQLChange)
                    .map(change -> ((RawSQLChange) change).getSql()).filter(text -> text != null).collect(Collectors.joining("\n"));
            JOB.matcher(sql).results().forEach(job -> lines.add(String.join("; ", changeSet.getId(), job.group(1), job.group(2),
                    job.group(3) == null ? job.group(4) : job.group(3))));
        }
        return lines;
    }

    /** Definitions of the changelog, without those of the product. */
    private static List<String> definitions(Made made) throws SQLException {
        String template = template();
        String mark = "$sql$";
        int from = template.indexOf(mark, template.indexOf("as log,")) + mark.length();
        String query = template.substring(from, template.indexOf(mark, from));
        return made.rows(query + " select d.name || ' ' || d.digest as line from digests as d order by d.name collate \"C\"").stream()
                .map(row -> row.get("line")).toList();
    }
}
