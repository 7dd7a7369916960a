package changelogs.rules;

import changelogs.testing.Changelog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that are checked automatically. */
final class Rules {

    /** Systems with databases, including those without a changelog in this repository. */
    private static final List<String> KNOWN = List.of("polaris", "connect", "vectors", "describe-it");

    static final List<Rule<Source>> CHANGELOG = Stream.of(FileRules.ALL, ChangesetRules.ALL, SafetyRules.ALL)
            .flatMap(List::stream).toList();
    static final List<Rule<CatalogRules.Catalog>> CATALOG = CatalogRules.ALL;

    private Rules() {
    }

    /** All systems; the guard of each names the others. */
    static Set<String> systems() {
        return Stream.of(KNOWN, Changelog.systems()).flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Rule<?>> all() {
        return FAMILIES.values().stream().flatMap(List::stream);
    }

    /** All rules under the headings of docs/rules.md. */
    static final Map<String, List<? extends Rule<?>>> FAMILIES = families();

    private static Map<String, List<? extends Rule<?>>> families() {
        Map<String, List<? extends Rule<?>>> families = new LinkedHashMap<>();
        families.put("Files", FileRules.ALL);
        families.put("Changesets", ChangesetRules.ALL);
        families.put("A database in use", SafetyRules.ALL);
        families.put("The migrated database", CatalogRules.ALL);
        families.put("After a release", Released.RULES);
        return families;
    }
}
