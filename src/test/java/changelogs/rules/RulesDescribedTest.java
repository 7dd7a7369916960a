package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule has one name, a test that breaks it, and a row in docs/rules.md; {@code -Dupdate.pages} writes the page. */
class RulesDescribedTest {

    private static final Path PAGE = Path.of("docs/rules.md");
    private static final String HEAD = """
            # Rules

            Tests check these rules for every system. A failure names the rule, the file and changeset or the database object, and what to
            write instead. An exception is made in the rule itself, by name and with its reason, never in the changelog.

            This page is generated; write it again with `mvn test -Dtest=RulesDescribedTest -Dupdate.pages`.
            """;

    /** Rules that ReleasedTest breaks. */
    private static final Set<String> RELEASED = Set.of("released-changeset", "released-order");

    @Test
    void namesAreUnique() {
        assertThat(Rules.all().map(Rule::name)).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyRuleHasABrokenExample() {
        Set<String> broken = Stream.of(
                BrokenChangelogs.ALL.stream().map(BrokenChangelogs.Case::rule),
                BrokenCatalogs.ALL.stream().map(BrokenCatalogs.Case::rule),
                RELEASED.stream()).flatMap(names -> names).collect(Collectors.toSet());

        assertThat(broken).containsExactlyInAnyOrderElementsOf(Rules.all().map(Rule::name).toList());
    }

    @Test
    void everyRuleIsDescribedOnThePage() throws IOException {
        if (System.getProperty("update.pages") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).as("the page of rules; mvn test -Dtest=RulesDescribedTest -Dupdate.pages writes it").content().isEqualTo(page());
    }

    private static String page() {
        return Rules.FAMILIES.entrySet().stream()
                .map(family -> "\n## " + family.getKey() + "\n\n| rule | why | instead of | use |\n| --- | --- | --- | --- |\n"
                        + family.getValue().stream().map(rule -> rule.row() + "\n").collect(Collectors.joining()))
                .collect(Collectors.joining("", HEAD, ""));
    }
}
