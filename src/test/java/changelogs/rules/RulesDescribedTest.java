package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule has one name, a test that breaks it, and a row in CONTRIBUTING.md; {@code -Dupdate.pages} rewrites the rows. */
class RulesDescribedTest {

    private static final Path PAGE = Path.of("CONTRIBUTING.md");
    private static final String BEGIN = "<!-- Written from the rules in src/test/java: mvn test -Dtest=RulesDescribedTest -Dupdate.pages -->\n";
    private static final String END = "<!-- To here. -->\n";

    /** Broken by ReleasedTest. */
    private static final Set<String> RELEASED = Set.of("released-changeset");

    @Test
    void namesAreUnique() {
        assertThat(Rules.all().map(Rule::name)).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void eachRuleIsBrokenOnPurpose() {
        Set<String> broken = Stream.of(
                BrokenChangelogs.ALL.stream().map(BrokenChangelogs.Case::rule),
                BrokenCatalogs.ALL.stream().map(BrokenCatalogs.Case::rule),
                RELEASED.stream()).flatMap(names -> names).collect(Collectors.toSet());

        assertThat(broken).containsExactlyInAnyOrderElementsOf(Rules.all().map(Rule::name).toList());
    }

    @Test
    void eachRuleIsDescribed() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (System.getProperty("update.pages") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin,
                end)).as("the rules in CONTRIBUTING.md; mvn test -Dtest=RulesDescribedTest -Dupdate.pages writes them").isEqualTo(tables());
    }

    private static String tables() {
        return Rules.FAMILIES.entrySet().stream()
                .map(family -> "\n### " + family.getKey() + "\n\n| rule | why | instead of | use |\n| --- | --- | --- | --- |\n"
                        + family.getValue().stream().map(rule -> rule.row() + "\n").collect(Collectors.joining()))
                .collect(Collectors.joining("", "", "\n"));
    }
}
