package changelogs.rules;

import java.util.List;
import java.util.stream.Stream;

/** All rules that a program can check. */
final class Rules {

    /** Every system that there is to be; the guard of each names the others. */
    static final List<String> SYSTEMS = List.of("polaris", "connect", "vectors", "describe-it");

    static final List<Rule<Source>> CHANGELOG = Stream.of(FileRules.ALL, ChangesetRules.ALL, SafetyRules.ALL).flatMap(List::stream).toList();
    static final List<Rule<CatalogRules.Catalog>> CATALOG = CatalogRules.ALL;

    private Rules() {
    }

    static Stream<Rule<?>> all() {
        return Stream.<List<? extends Rule<?>>>of(CHANGELOG, CATALOG, Released.RULES).flatMap(List::stream);
    }
}
