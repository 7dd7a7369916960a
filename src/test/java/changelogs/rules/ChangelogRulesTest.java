package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changelogs comply with the changelog rules, and each rule reports its violation. */
class ChangelogRulesTest {

    static List<String> systems() {
        return Changelog.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void changelogKeepsTheRules(String system) {
        List<Rule.Finding> findings = Rule.findings(Rules.CHANGELOG, Source.of(system, Rules.systems()));

        assertThat(findings).withFailMessage(() -> Rule.describe(findings)).isEmpty();
    }

    @Test
    void everySharedFileIsUsedBySomeSystem() {
        List<Source> sources = Changelog.systems().stream().map(system -> Source.of(system, Rules.systems())).toList();
        Set<String> named = sources.stream().flatMap(Source::changesets).flatMap(Source.Changeset::all).map(Source.Change::file)
                .collect(Collectors.toSet());

        assertThat(named).containsAll(sources.get(0).sqlFiles().keySet().stream().filter(file -> file.startsWith(Source.SHARED)).toList());
    }

    static List<Example> valid() {
        return Stream.concat(Stream.of(Example.good()), BrokenChangelogs.SOUND.stream()).toList();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("valid")
    void validChangelogIsNotReported(Example valid) {
        List<Rule.Finding> findings = Rule.findings(Rules.CHANGELOG, valid.source());

        assertThat(findings).withFailMessage(() -> Rule.describe(findings)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> onlyTheBrokenRuleIsReported() {
        return BrokenChangelogs.ALL.stream().map(broken -> DynamicTest.dynamicTest(broken.rule() + ": " + broken.what(), () -> {
            List<Rule.Finding> bad = Rule.findings(Rules.CHANGELOG, broken.bad().source());
            List<Rule.Finding> good = Rule.findings(Rules.CHANGELOG, broken.good().source());

            assertThat(names(bad)).as(() -> Rule.describe(bad)).containsExactly(broken.rule());
            assertThat(good).withFailMessage(() -> Rule.describe(good)).isEmpty();
        }));
    }

    private static Set<String> names(List<Rule.Finding> findings) {
        Set<String> names = new TreeSet<>();
        findings.forEach(finding -> names.add(finding.name()));
        return names;
    }
}
