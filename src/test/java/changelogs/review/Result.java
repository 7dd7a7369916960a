package changelogs.review;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The review of a system.
 *
 * @param trials the new changesets in order, each applied, rolled back and applied again; measured with fewer rows
 * @param large the same changesets with ten times as many rows, by key; some may be missing
 * @param waits the longest waits of a second session for each table, by key of the changeset
 * @param rewritten differences that edited and removed changesets make, without new changesets
 * @param access what roles and personas gained and lost; null if the catalog did not change
 * @param picture Mermaid flowchart of the tables that differ; empty if there are none
 * @param plans queries of the product whose plan became worse
 * @param types differences of the types that apps generate
 * @param refusals changesets whose rollback refused to lose rows, with the message
 * @param unmeasured what was not measured, and why
 */
record Result(String system, Difference difference, List<Finding> findings, List<Trial> trials, Map<String, Step> large, Map<String, Map<String, Bystander.Wait>> waits,
        List<ObjectChange> rewritten, AccessDiff access, String picture, List<Plans.Change> plans, TypesDiff types, Map<String, String> refusals, List<String> unmeasured, int rows, double seconds) {

    long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    Optional<Step> large(Step step) {
        return Optional.ofNullable(large.get(step.entry().key()));
    }
}
