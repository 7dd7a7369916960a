package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The objects of a changelog do not depend on the default privileges that the project grants on new tables, functions and sequences. */
class DefaultGrantsTest {

    private static final String ROLES = "anon, authenticated, service_role";

    @TestFactory
    Stream<DynamicTest> catalogIsTheSameWithAndWithoutDefaultGrants() {
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database with = Database.openMigrated(system); Database without = Database.openWithoutDefaultGrants(system)) {
                without.changelog().in("local").update();

                assertThat(catalog(without).differencesFrom(catalog(with))).isEmpty();
            }
        }));
    }

    @Test
    void newTableIsOpenOnlyWithDefaultGrants() {
        try (Database with = Database.open("polaris"); Database without = Database.openWithoutDefaultGrants("polaris")) {
            assertThat(rolesThatReadANewTable(with)).isEqualTo(ROLES);
            assertThat(rolesThatReadANewTable(without)).isNull();
        }
    }

    private static String rolesThatReadANewTable(Database database) {
        Session owner = database.owner();
        owner.script("create table public.notes ()");
        return owner.value(String.class, """
                select string_agg(role, ', ' order by role)
                from unnest(string_to_array(?, ', ')) as role
                where has_table_privilege(role, 'public.notes', 'select')
                """, ROLES);
    }

    /** The catalog without the default grants themselves. */
    private static Catalog catalog(Database database) {
        Map<String, String> objects = new TreeMap<>(Catalog.of(database.operator()).objects());
        objects.keySet().removeIf(object -> object.startsWith("default privileges "));
        return new Catalog(objects);
    }
}
