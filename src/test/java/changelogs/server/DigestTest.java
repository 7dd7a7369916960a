package changelogs.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest of a folder depends on the names and contents of its matching files. */
class DigestTest {

    @TempDir
    Path folder;

    private String before;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), "one");
        Files.writeString(Files.createDirectory(folder.resolve("inner")).resolve("two.sql"), "two");
        before = digest();
    }

    private String digest() {
        return Digest.of(folder, file -> !file.endsWith("other.txt"));
    }

    @Test
    void sameContentHasTheSameDigest() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), "one");
        Files.writeString(folder.resolve("other.txt"), "not counted");

        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void changedByteGivesAnotherDigest() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), "onE");

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void movedFileGivesAnotherDigest() throws IOException {
        Files.move(folder.resolve("one.yaml"), folder.resolve("inner").resolve("one.yaml"));

        assertThat(digest()).isNotEqualTo(before);
    }
}
