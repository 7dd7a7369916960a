package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import liquibase.exception.DatabaseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Check of the Maven profiles, in all forms in which Maven accepts them. */
class MavenProfilesTest {

    private static final Path POM = Path.of("pom.xml");

    @TempDir
    Path folder;

    Path settings;

    @BeforeEach
    void userHasSettings() throws IOException {
        settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                    <profiles>
                        <profile><id>mirror</id></profile>
                    </profiles>
                </settings>
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Pvectors", "-P vectors", "-P=vectors", "--activate-profiles vectors", "--activate-profiles=vectors",
        "-Pstaging,vectors", "-P staging,vectors", "-P+vectors", "-Pmirror,vectors", "-Pstaging -Pvectors", "-Pconnect,vectors,!connect",
        "-P \"staging,vectors\"", "-P?absent,vectors"})
    void existingProfilesAreAccepted(String arguments) {
        Profiles profiles = profiles(arguments);

        assertThatCode(profiles::check).doesNotThrowAnyException();
        assertThat(profiles.system()).isEqualTo("vectors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Pvectors,stagin", "-P stagin", "-P=stagin", "--activate-profiles stagin", "--activate-profiles=vectors,stagin",
        "-P+stagin", "-P!stagin", "-P-stagin", "-Pvectors -Pstagin", "-P\"stagin\""})
    void unknownProfileIsRefused(String arguments) {
        assertThatThrownBy(profiles(arguments)::check).isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("There is no profile stagin in pom.xml or settings.xml. Nothing was run.")
                .hasMessageContaining("polaris, connect, vectors and describe-it").hasMessageContaining("local, staging and production");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-Pstaging,production      | The profiles staging and production are 2 environments, but a run has only one database. Nothing was run. Name one environment",
        "-Plocal -Pproduction      | The profiles local and production are 2 environments, but a run has only one database. Nothing was run. Name one environment",
        "-Pvectors,staging,connect | The profiles connect and vectors are 2 systems, but a run has only one database. Nothing was run. Name one system"})
    void twoSystemsOrTwoEnvironmentsAreRefused(String arguments, String message) {
        assertThatThrownBy(profiles(arguments)::check).isInstanceOf(DatabaseException.class).hasMessage(message);
    }

    @Test
    void environmentActivatedInTheSettingsCounts() throws IOException {
        Files.writeString(settings, "<settings><activeProfiles><activeProfile>production</activeProfile></activeProfiles></settings>");

        assertThat(profiles("").environment()).isEqualTo("production");
        assertThatThrownBy(profiles("-Pstaging")::check).hasMessageContaining("staging and production are 2 environments");
        assertThatCode(profiles("-Pstaging,!production")::check).doesNotThrowAnyException();
    }

    @Test
    void withoutAProfileThePomDefinesSystemAndEnvironment() {
        assertThat(profiles("liquibase:update").system()).isEqualTo("polaris");
        assertThat(profiles("liquibase:update").environment()).isEqualTo("local");
    }

    @Test
    void checkPassesIfMavenExportsNoArguments() {
        MavenArguments none = MavenArguments.read(Map.of("MAVEN_ARGS", "-Pstagin")::get, null);

        assertThat(none.words()).isEmpty();
        assertThatCode(Profiles.read(none, POM, List.of())::check).doesNotThrowAnyException();
    }

    @Test
    void argumentsIncludeTheEnvironmentAndMavenConfig() throws IOException {
        Files.createDirectory(folder.resolve(".mvn"));
        Files.writeString(folder.resolve(".mvn/maven.config"), "-B\n-Pvectors\n");

        MavenArguments arguments = MavenArguments.read(Map.of("MAVEN_ARGS", "-o -P=staging", "MAVEN_CMD_LINE_ARGS", " liquibase:status -P mirror")::get,
                folder.toString());

        assertThat(arguments.values("-P", "--activate-profiles")).containsExactly("vectors", "staging", "mirror");
        assertThat(arguments.has("-B", "--batch-mode")).isTrue();
        assertThat(arguments.has("-q", "--quiet")).isFalse();
    }

    private Profiles profiles(String arguments) {
        return Profiles.read(MavenArguments.read(Map.of("MAVEN_CMD_LINE_ARGS", arguments)::get, null), POM, List.of(settings));
    }
}
