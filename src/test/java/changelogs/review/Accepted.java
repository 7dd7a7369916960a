package changelogs.review;

import java.util.ArrayList;
import java.util.List;

/**
 * Findings that were accepted in changelog/&lt;system&gt;/review-accepted.txt: a line each, with check, object, changeset and reason,
 * separated by vertical bars. The file is part of the diff, so the reasons are reviewed with it.
 */
record Accepted(List<Line> lines) {

    private static final int PARTS = 4;

    record Line(String check, String object, String changeset, String reason) {

        boolean accepts(Finding finding) {
            return finding.check().id().equals(check) && finding.object().equals(object) && finding.changeset().equals(changeset);
        }
    }

    static Accepted of(List<String> text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\|", PARTS);
            if (parts.length < PARTS || parts[PARTS - 1].isBlank()) {
                throw new CannotCompare("review-accepted.txt needs check | object | changeset | reason in each line: " + line);
            }
            lines.add(new Line(parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip()));
        }
        return new Accepted(lines);
    }

    List<Finding> applyTo(List<Finding> findings) {
        return findings.stream().map(finding -> lines.stream().filter(line -> line.accepts(finding)).findFirst()
                .map(line -> finding.accepted(line.reason())).orElse(finding)).toList();
    }
}
