package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each checkout has its own folder on the RAM disk while the checkout exists. */
class RamDiskTest {

    @TempDir
    Path temporary;

    private Path root;
    private Path checkout;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectory(temporary.resolve("ram"));
        checkout = Files.createDirectory(temporary.resolve("checkout"));
    }

    @Test
    void eachCheckoutHasItsOwnStableFolder() throws IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));

        assertThat(folderOf(checkout)).isEqualTo(folderOf(checkout)).isNotEqualTo(folderOf(other));
    }

    @Test
    void folderOfADeletedCheckoutIsDeleted() throws IOException {
        Path abandoned = folderOf(checkout);
        Files.writeString(Files.createDirectories(abandoned.resolve("postgres-17/data")).resolve("file"), "x");
        Files.delete(checkout);

        Path other = folderOf(Files.createDirectory(temporary.resolve("other")));

        assertThat(abandoned).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void fullOrMissingRamDiskIsNotUsed() throws IOException {
        assertThat(new RamDisk(root, Long.MAX_VALUE).folderOf(checkout)).isEmpty();
        assertThat(new RamDisk(temporary.resolve("nowhere"), 0).folderOf(checkout)).isEmpty();
    }

    private Path folderOf(Path home) throws IOException {
        return new RamDisk(root, 0).folderOf(home).orElseThrow();
    }
}
