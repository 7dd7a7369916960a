package changelogs.mutations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Human-readable and machine-readable report of a run. */
record Report(List<Outcome> outcomes, Accepted accepted, Map<String, Mutants.Callers> callers) {

    private static final int TESTS_SHOWN = 8;

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.md"), markdown());
        Files.write(folder.resolve("outcomes.tsv"), outcomes.stream().map(this::line).toList());
    }

    String closingLine() {
        List<Outcome> survivors = survivors();
        long kept = survivors.stream().filter(outcome -> accepted.holds(outcome.mutation())).count();
        return String.format(Locale.ROOT, "MUTATIONS: %,d of %,d detected (%s), %,d survivors, %,d accepted",
                outcomes.size() - survivors.size(), outcomes.size(), share(outcomes), survivors.size(), kept);
    }

    private List<Outcome> survivors() {
        return outcomes.stream().filter(outcome -> !outcome.detected()).toList();
    }

    private static String share(List<Outcome> outcomes) {
        long detected = outcomes.stream().filter(Outcome::detected).count();
        return outcomes.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * detected / outcomes.size());
    }

    private String line(Outcome outcome) {
        Mutation mutation = outcome.mutation();
        String verdict = outcome.detected() ? "detected" : outcome.untouched() ? "untouched" : accepted.holds(mutation) ? "accepted" : "survived";
        return String.join("\t", mutation.state().system(), mutation.kind().name(), mutation.object(), mutation.migration(), verdict,
                outcome.detected() ? Suite.name(outcome.detectedBy()) : "", Integer.toString(outcome.ran().size()), Long.toString(outcome.millis()),
                mutation.sql().replaceAll("\\s+", " "));
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Mutations\n\n");
        text.append("Each mutation is applied inside the transaction of each test that uses the mutated object; a failing test detects the mutation. Only tests of"
                + " behavior count; tests of generated pages, the catalog, rollbacks and the scripts in ops/ would detect every change.\n\n");
        text.append(closingLine()).append("\n\n");
        table(text, "Kind", outcome -> outcome.mutation().kind().toString());
        table(text, "Migration", outcome -> outcome.mutation().state().system() + " " + outcome.mutation().migration());
        table(text, "System", outcome -> outcome.mutation().state().system());
        text.append("## Functions that check the caller\n\n");
        callers.forEach((state, found) -> {
            text.append(state).append(": ").append(found.readingCaller().size()).append(", of which ").append(found.withoutMutation().size())
                    .append(" have no check that can be removed alone, because they only store the caller, or only the service may call them:\n\n");
            found.withoutMutation().forEach(function -> text.append("- ").append(function).append('\n'));
            text.append('\n');
        });
        text.append("## Survivors\n\n");
        for (Outcome outcome : survivors()) {
            survivor(text, outcome);
        }
        return text.toString();
    }

    private void table(StringBuilder text, String title, Function<Outcome, String> by) {
        text.append("| ").append(title).append(" | detected | of | share | accepted |\n| --- | ---: | ---: | ---: | ---: |\n");
        new TreeMap<>(outcomes.stream().collect(Collectors.groupingBy(by))).forEach((name, group) -> text.append(String.format(Locale.ROOT, "| %s | %d | %d | %s | %d |\n", name,
                group.stream().filter(Outcome::detected).count(), group.size(), share(group),
                group.stream().filter(outcome -> !outcome.detected() && accepted.holds(outcome.mutation())).count())));
        text.append('\n');
    }

    private void survivor(StringBuilder text, Outcome outcome) {
        Mutation mutation = outcome.mutation();
        text.append("### ").append(mutation.id()).append("\n\n").append(mutation.migration()).append(". ");
        text.append(accepted.holds(mutation) ? "Accepted: " + accepted.reasons().get(mutation.id()) : "No reason is given.").append("\n\n```sql\n")
                .append(mutation.sql().strip()).append("\n```\n\n");
        List<String> ran = new ArrayList<>(outcome.ran());
        text.append(ran.isEmpty() ? "No test touches it." : ran.size() + " tests touch it:");
        ran.stream().limit(TESTS_SHOWN).forEach(test -> text.append("\n- ").append(Suite.name(test)));
        text.append(ran.size() > TESTS_SHOWN ? "\n- …\n\n" : "\n\n");
    }
}
