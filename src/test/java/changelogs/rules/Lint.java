package changelogs.rules;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The rules for files, changesets and databases in use, for a changelog in any folder. */
public final class Lint {

    private Lint() {
    }

    /** The rules that the system's changelog breaks, each with the place but without its line, which moves when lines above it are edited. */
    public static Set<String> findings(Path root, String system) {
        Set<String> findings = new LinkedHashSet<>();
        Rule.findings(Rules.CHANGELOG, Source.of(root, system, Rules.systems()))
                .forEach(finding -> findings.add(finding.name() + ": " + finding.place().replaceFirst(", line \\d+$", "")));
        return findings;
    }
}
