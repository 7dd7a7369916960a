package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.review.Access.Reach;
import changelogs.review.Access.Right;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Differences in row counts that are changes of access, and those that are not. */
class AccessDiffTest {

    private static final Set<String> TABLES = Set.of("public.plans");

    @Test
    void smallDifferencesOfSeparatelyGeneratedRowsAreIgnored() {
        assertThat(rows(162, 167, 1000, 1000, false)).isEmpty();
        assertThat(rows(162, 167, 1000, 1000, true)).hasSize(1);
    }

    @Test
    void largeDifferencesAndTheFirstVisibleRowAreReported() {
        assertThat(rows(162, 1000, 1000, 1000, false)).hasSize(1);
        assertThat(rows(0, 1, 1000, 1000, false)).hasSize(1);
        assertThat(rows(1, 0, 1000, 1000, false)).hasSize(1);
    }

    @Test
    void addedRowsOfATableThatAPersonaCanReadCompletelyAreIgnored() {
        assertThat(rows(10, 11, 10, 11, true)).isEmpty();
        assertThat(rows(9, 11, 10, 11, true)).hasSize(1);
        assertThat(rows(0, 11, 0, 11, true)).filteredOn(change -> change.right().who().equals("anon")).hasSize(1);
    }

    private static List<AccessDiff.RowsChange> rows(long was, long is, long allBefore, long allAfter, boolean sameRows) {
        return new AccessDiff(access(was, allBefore), access(is, allAfter), TABLES, sameRows).rows();
    }

    private static Access access(long rows, long all) {
        return new Access(Map.of(), Map.of(new Right("anon", "select", "public.plans"), new Reach(rows, "", ""),
                new Right("service_role", "select", "public.plans"), new Reach(all, "", "")), Set.of(), Set.of());
    }
}
