package changelogs.rules;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule for every system; docs/rules.md describes it under the same name.
 *
 * @param check finds the places that break the rule
 */
record Rule<S>(String name, String why, String insteadOf, String use, Function<S, Stream<String>> check) {

    /** A place that breaks a rule. */
    record Finding(Rule<?> rule, String place) {

        String name() {
            return rule.name();
        }
    }

    static <S> List<Finding> findings(List<Rule<S>> rules, S subject) {
        return rules.stream()
                .flatMap(rule -> rule.check().apply(subject).distinct().map(place -> new Finding(rule, place)))
                .toList();
    }

    /** All findings as text: each rule once, followed by its places. */
    static String describe(List<Finding> findings) {
        return findings.stream().map(Finding::rule).distinct()
                .map(rule -> rule + findings.stream().filter(finding -> finding.rule() == rule)
                        .map(finding -> "    in " + finding.place()).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n", "\n\n", "\n"));
    }

    /** The row of docs/rules.md. */
    String row() {
        return "| " + Stream.of("`" + name + "`", why, insteadOf, use)
                .map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |";
    }

    @Override
    public String toString() {
        return name + ": " + why + ".\n    instead of " + insteadOf + "\n    use " + use + "\n";
    }
}
