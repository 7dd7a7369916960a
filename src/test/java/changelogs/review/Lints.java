package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.FunctionBodies;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.Yaml;

/** Findings of linters that are new since the base. */
final class Lints {

    /** Rules of squawk that duplicate the review's own measurements, or that apply only to scripts outside of a transaction. */
    private static final String MEASURED = "require-lock-timeout,require-statement-timeout,prefer-robust-stmts,ban-concurrent-index-creation-in-transaction";
    static final String NOT_INSTALLED = ", because npm's packages are not installed; install them with npm ci";

    private Lints() {
    }

    /** Rules that the head breaks and the base does not. */
    static List<Finding> rules(Side base, Side head) {
        Set<String> broken = new LinkedHashSet<>(head.brokenRules());
        if (!broken.isEmpty()) {
            broken.removeAll(base.brokenRules());
        }
        List<Finding> findings = new ArrayList<>();
        broken.forEach(text -> findings.add(new Finding(Check.LINT, text.substring(0, text.indexOf(':')), "", "", text, "")));
        return findings;
    }

    /** Squawk's findings in the statements of the new changesets. */
    static List<Finding> squawk(List<Step> steps, List<String> unmeasured) {
        Optional<Path> squawk = Command.ofNpm("squawk");
        if (squawk.isEmpty()) {
            unmeasured.add("Findings of squawk" + NOT_INSTALLED);
            return List.of();
        }
        StringBuilder text = new StringBuilder();
        List<Step> lines = new ArrayList<>();
        steps.forEach(step -> step.sql().forEach(statement -> {
            String sql = statement.strip().replaceFirst(";$", "") + ";\n";
            text.append(sql);
            sql.lines().forEach(line -> lines.add(step));
        }));
        if (text.isEmpty()) {
            return List.of();
        }
        Command.Result result = Command.of(squawk.get().toString(), "--assume-in-transaction", "--exclude=" + MEASURED, "--reporter=json",
                "--stdin-filepath=changesets.sql").reading(text.toString()).run();
        List<Map<String, Object>> found = new Yaml().load(result.out().isBlank() ? "[]" : result.out());
        Set<Finding> findings = new LinkedHashSet<>();
        found.forEach(each -> findings.add(Places.finding(Check.LINT, "squawk " + each.get("rule_name"), lines.get((Integer) each.get("line")),
                "squawk " + each.get("rule_name") + ": " + each.get("message"))));
        return List.copyOf(findings);
    }

    /** Findings of Supabase's advisors that are new since the base. */
    static List<Finding> advisors(List<String> before, List<String> after) {
        Set<String> advice = new LinkedHashSet<>(after);
        before.forEach(advice::remove);
        return findings("advisors", advice);
    }

    /** Findings of plpgsql_check that are new since the base; the extension is created in copies of the databases. */
    static List<Finding> functions(String before, String after, UnaryOperator<String> copy, List<String> unmeasured) {
        try (Session operator = Session.in(after, Server.OPERATOR)) {
            if (!FunctionBodies.canBeChecked(operator)) {
                unmeasured.add("Bodies of functions: this server has no plpgsql_check. To check them: -Ddb=container");
                return List.of();
            }
        }
        try (Session old = Session.in(copy.apply(before), Server.OPERATOR); Session now = Session.in(copy.apply(after), Server.OPERATOR)) {
            Set<String> complaints = new LinkedHashSet<>(FunctionBodies.complaints(now));
            FunctionBodies.complaints(old).forEach(complaints::remove);
            return findings("plpgsql_check", complaints);
        }
    }

    private static List<Finding> findings(String linter, Set<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).map(text -> new Finding(Check.LINT, linter, "", "", linter + ": " + text.strip(), "")).toList();
    }
}
