package changelogs.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Maven plugin in .mvn/repository matches the official plugin that it is built from. {@code -Dupdate.plugin} builds it again. */
class GoalsPluginTest {

    private static final Path POM = Path.of("pom.xml");

    @Test
    void repositoryContainsThePluginBuiltFromTheOfficialOne() throws IOException {
        GoalsPlugin plugin = GoalsPlugin.ofOfficial();
        String pom = Files.readString(POM);
        Skip.unless(pom.contains(property("liquibase.version", plugin.liquibase())),
                "the Maven plugin in .mvn/repository, because it was built from another version of Liquibase");
        if (System.getProperty("update.plugin") != null) {
            plugin.write();
            Files.writeString(POM, pom.replaceFirst(property(GoalsPlugin.PROPERTY, ".*"), property(GoalsPlugin.PROPERTY, plugin.version())));
        }

        assertThat(Files.readString(POM)).as("pom.xml; mvn test -Dtest=GoalsPluginTest -Dupdate.plugin writes it and .mvn/repository")
                .contains(property(GoalsPlugin.PROPERTY, plugin.version()));
        assertThat(GoalsPlugin.inRepository(plugin.version())).isEqualTo(plugin);
        assertThat(GoalsPlugin.pom(plugin.version())).content().isEqualToNormalizingNewlines(plugin.pom());
    }

    @Test
    void versionChangesWithTheDescriptor() throws IOException {
        GoalsPlugin plugin = GoalsPlugin.ofOfficial();

        assertThat(plugin.version()).matches("\\Q" + plugin.liquibase() + "\\E-[0-9a-f]{8}");
        assertThat(plugin.descriptor()).containsOnlyOnce("<goal>rollbackCount</goal>");
    }

    private static String property(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }
}
