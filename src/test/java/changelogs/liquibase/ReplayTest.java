package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.precondition.core.PreconditionContainer.FailOption;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run limited to the log of another database applies the changesets that ran there, marks those that were only marked there, and leaves the rest pending. */
class ReplayTest {

    private static final String FILE = "changelog/vectors/changelog.yaml";

    @TempDir
    Path folder;

    private DirectoryResourceAccessor project;
    /** Checksums of changesets with sqlFile need the files. */
    private String scope;
    private List<ChangeSet> changeSets;

    @BeforeEach
    void parse() throws Exception {
        project = new DirectoryResourceAccessor(Path.of("").toAbsolutePath());
        scope = Scope.enter(Map.of(Scope.Attr.resourceAccessor.name(), project));
        changeSets = ChangeLogParserFactory.getInstance().getParser(FILE, project).parse(FILE, new ChangeLogParameters(), project).getChangeSets();
    }

    @AfterEach
    void close() throws Exception {
        Scope.exit(scope);
        project.close();
    }

    private ChangeSet changeSet(String id) {
        return changeSets.stream().filter(changeSet -> changeSet.getId().equals(id)).findFirst().orElseThrow();
    }

    private static String row(ChangeSet changeSet, String execution) {
        return String.join("\t", changeSet.getId(), changeSet.getAuthor(), changeSet.getFilePath(), execution,
                changeSet.generateCheckSum(ChecksumVersion.latest()).toString());
    }

    private Replay replay(String... rows) throws IOException {
        return Replay.of(Files.write(folder.resolve("replay.tsv"), List.of(rows)));
    }

    @Test
    void changesetThatIsNotInTheLogStaysPending() throws IOException {
        ChangeSet left = changeSet("0002-action-events");

        replay(row(changeSet("0001-private-schema"), "EXECUTED")).limit(left);

        assertThat(left.getPreconditions().getOnFail()).isEqualTo(FailOption.CONTINUE);
        assertThatThrownBy(() -> left.getPreconditions().check(null, null, left, null)).isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void changesetThatWasMarkedIsMarked() throws IOException {
        ChangeSet marked = changeSet("0003-game-profiles-user-index");

        replay(row(marked, "MARK_RAN")).limit(marked);

        assertThat(marked.getPreconditions().getOnFail()).isEqualTo(FailOption.MARK_RAN);
        assertThatThrownBy(() -> marked.getPreconditions().check(null, null, marked, null)).isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void changesetThatRanIsNotMarkedByItsOwnPrecondition() throws IOException {
        ChangeSet ran = changeSet("0003-game-profiles-user-index");

        replay(row(ran, "EXECUTED")).limit(ran);

        assertThat(ran.getPreconditions()).isNull();
    }

    @Test
    void otherPreconditionsAreKept() throws IOException {
        ChangeSet checked = changeSets.stream().filter(one -> one.getPreconditions() != null && one.getPreconditions().getOnFail() == FailOption.HALT)
                .findFirst().orElseThrow();
        var own = checked.getPreconditions();

        replay(row(checked, "EXECUTED")).limit(checked);

        assertThat(checked.getPreconditions()).isSameAs(own);
    }

    @Test
    void nothingRunsIfTheChangelogDoesNotMatchTheLog() throws IOException {
        ChangeSet first = changeSets.get(0);
        String[] rows = Stream.of(row(first, "EXECUTED").replaceFirst("[0-9a-f]{32}$", "0".repeat(32)), "gone\tvectors\tvectors/0009\tEXECUTED\t\\N")
                .toArray(String[]::new);

        assertThatThrownBy(() -> replay(rows).limit(first)).isInstanceOf(UnexpectedLiquibaseException.class)
                .hasMessageContaining(first.getId() + "::vectors has changed").hasMessageContaining("vectors/0009::gone::vectors is not in the changelog");
    }
}
