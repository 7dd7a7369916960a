package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A review finds its base, the changed files and the migrations of other branches in a small repository. */
class GitTest {

    @TempDir
    private Path repository;
    private Git git;

    @BeforeEach
    void createRepository() throws IOException {
        run("init", "--quiet", "--initial-branch=main");
        commit("changelog/shop/0001-shop/shop.yaml", "one");
        git = new Git(repository);
    }

    @Test
    void baseIsTheLastCommonCommitWithTheMainBranch() throws IOException {
        String common = git.commit("main");
        run("checkout", "--quiet", "-b", "change");
        commit("changelog/shop/0002-more/more.yaml", "two");

        assertThat(git.base("", "")).isEqualTo(common);
        assertThat(git.base("change", "")).isEqualTo(git.commit("change"));
    }

    @Test
    void unknownBaseIsReported() {
        assertThatThrownBy(() -> git.base("no-such-tag", "")).isInstanceOf(CannotCompare.class).hasMessageContaining("no-such-tag");
    }

    @Test
    void changedFilesIncludeThoseThatAreNotCommitted() throws IOException {
        String base = git.commit("main");
        write("changelog/shop/0001-shop/shop.yaml", "changed");
        write("changelog/shop/new.yaml", "new");
        write("README.md", "elsewhere");

        assertThat(git.changed(base, "", "changelog")).containsExactlyInAnyOrder("changelog/shop/0001-shop/shop.yaml", "changelog/shop/new.yaml");
        assertThat(git.changed(base, base, "changelog")).isEmpty();
    }

    @Test
    void exportReplacesTheTargetWithTheFilesOfTheCommit(@TempDir Path folder) throws IOException {
        Path target = Files.createDirectory(folder.resolve("base"));
        Files.writeString(target.resolve("old"), "");

        git.export("main", target, "changelog", "no-such-folder");

        assertThat(target.resolve("changelog/shop/0001-shop/shop.yaml")).hasContent("one");
        assertThat(target.resolve("old")).doesNotExist();
    }

    @Test
    void migrationsOfOtherBranchesAreFound() throws IOException {
        run("checkout", "--quiet", "-b", "other");
        commit("changelog/shop/0002-theirs/theirs.yaml", "two");
        run("checkout", "--quiet", "main");

        assertThat(git.migrationsOfOtherBranches("shop", List.of("0001-shop"))).isEqualTo(Map.of("other", List.of("0002-theirs")));
    }

    private void commit(String file, String text) throws IOException {
        write(file, text);
        run("add", "--all");
        run("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=" + text);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(repository.resolve(file).getParent());
        Files.writeString(repository.resolve(file), text);
    }

    private void run(String... words) {
        List<String> all = new ArrayList<>(List.of("git", "-C", repository.toString()));
        all.addAll(List.of(words));
        assertThat(Command.of(all).run()).extracting(Command.Result::status).isEqualTo(0);
    }
}
