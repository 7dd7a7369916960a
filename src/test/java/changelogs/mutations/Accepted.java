package changelogs.mutations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Survivors that need no test, with the reason by mutation; a reason is a comment line that applies to the lines below it. */
record Accepted(Map<String, String> reasons) {

    static Accepted in(Path file) throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        StringBuilder reason = new StringBuilder();
        boolean open = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                if (!open) {
                    reason.setLength(0);
                }
                reason.append(reason.isEmpty() ? "" : " ").append(line.substring(1).strip());
                open = true;
            } else if (!line.isBlank()) {
                open = false;
                if (reasons.put(line.strip(), reason.toString()) != null) {
                    throw new IllegalStateException(file + " lists twice: " + line.strip());
                }
            } else {
                reason.setLength(0);
                open = false;
            }
        }
        return new Accepted(reasons);
    }

    boolean holds(Mutation mutation) {
        return reasons.containsKey(mutation.id());
    }

    /** Errors of the list and unaccepted survivors; in a full run, also obsolete entries. */
    List<String> problems(List<Outcome> outcomes, boolean full, Set<String> existing) {
        List<String> problems = new ArrayList<>();
        outcomes.stream().filter(outcome -> !outcome.detected() && !holds(outcome.mutation()))
                .forEach(outcome -> problems.add("No test detects: " + outcome.mutation().id()));
        outcomes.stream().filter(outcome -> outcome.detected() && holds(outcome.mutation()))
                .forEach(outcome -> problems.add("Accepted, but detected by " + Suite.name(outcome.detectedBy()) + ": " + outcome.mutation().id()));
        reasons.forEach((id, reason) -> {
            if (reason.isBlank()) {
                problems.add("Accepted without a reason: " + id);
            }
        });
        if (full) {
            reasons.keySet().stream().filter(id -> !existing.contains(id)).forEach(id -> problems.add("Accepted, but there is no such mutation: " + id));
        }
        return problems;
    }

    static Set<String> ids(List<Mutation> mutations) {
        return mutations.stream().map(Mutation::id).collect(Collectors.toSet());
    }
}
