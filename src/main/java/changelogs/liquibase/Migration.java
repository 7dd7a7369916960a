package changelogs.liquibase;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;

/** Folder of a changeset's migration, such as {@code 0019-affiliates}; a changelog without such folders is one migration. */
final class Migration {

    private Migration() {
    }

    static String of(ChangeSet changeSet) {
        String file = file(changeSet);
        return Stream.of(file.split("/")).filter(part -> part.matches("\\d{4}-.*")).findFirst().orElse(file);
    }

    /** Actual file of the changeset, regardless of its logicalFilePath. */
    static String file(ChangeSet changeSet) {
        return changeSet.getChangeLog() == null ? changeSet.getFilePath() : changeSet.getChangeLog().getPhysicalFilePath();
    }

    static Map<String, List<ChangeSet>> group(Collection<ChangeSet> changeSets) {
        return changeSets.stream().collect(Collectors.groupingBy(Migration::of, LinkedHashMap::new, Collectors.toList()));
    }

    /** Short form for lists. */
    static String number(ChangeSet changeSet) {
        return of(changeSet).replaceFirst("^(\\d{4})-.*", "$1");
    }
}
