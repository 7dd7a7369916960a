package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A review of each prepared diff raises the blockers and warnings in diffs.txt, and no others. */
@Order(1)
class PreparedDiffsTest {

    @TestFactory
    Stream<DynamicTest> raises() {
        return PreparedDiffs.expected().entrySet().stream()
                .map(diff -> DynamicTest.dynamicTest(diff.getKey(), () -> assertRaised(diff.getKey(), diff.getValue())));
    }

    @Test
    void eachBlockerAndWarningIsRaisedByADiff() {
        Set<String> raised = PreparedDiffs.expected().values().stream().flatMap(Set::stream).collect(Collectors.toSet());

        // TYPES_BREAK needs npm's packages; see ToolsTest.
        assertThat(Stream.of(Check.values()).filter(check -> check.level() != Level.NOTE && check != Check.TYPES_BREAK).map(Check::id)).allSatisfy(check -> assertThat(raised).contains(check));
    }

    private static void assertRaised(String diff, Set<String> expected) {
        Result result = PreparedDiffs.review(diff);

        Set<String> raised = result.findings().stream().filter(finding -> finding.level() != Level.NOTE).map(finding -> finding.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(raised).as("%s", result.findings()).isEqualTo(expected);
        assertThat(result.findings()).filteredOn(finding -> finding.check() != Check.CLIENT_TESTS_FAIL && finding.check() != Check.FAILS_ON_DATA)
                .allSatisfy(finding -> assertThat(finding.text() + finding.changeset()).contains(lastName(finding.object())));
    }

    /** The table, column, function or changeset of a qualified name; a finding names at least this part. */
    private static String lastName(String object) {
        return object.replaceFirst("\\(.*", "").replaceFirst(".*(?:::|\\.)", "");
    }
}
