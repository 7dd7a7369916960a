package changelogs.testing;

import changelogs.server.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A memory-backed folder of the operating system; data of the test servers in it survives a run but not a restart. */
record RamDisk(Path root, long needed) {

    private static final String PREFIX = "changelogs-" + System.getProperty("user.name") + "-";
    /** File in each folder with the path of its checkout. */
    private static final String OWNER = "checkout";
    private static final long THREE_GIGABYTES = 3L << 30;

    static RamDisk ofThisMachine() {
        return new RamDisk(Path.of("/dev/shm"), THREE_GIGABYTES);
    }

    /** The folder of a checkout; empty if there is no RAM disk with enough space. */
    Optional<Path> folderOf(Path checkout) throws IOException {
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            return Optional.empty();
        }
        deleteAbandoned();
        String home = checkout.toAbsolutePath().normalize().toString();
        Path folder = root.resolve(PREFIX + Digest.of(home));
        if (!Files.isDirectory(folder) && Files.getFileStore(root).getUsableSpace() < needed) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(OWNER), home);
        return Optional.of(folder);
    }

    /** Deletes the folders of deleted checkouts. */
    private void deleteAbandoned() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX)).toList()) {
                Path owner = folder.resolve(OWNER);
                if (Files.exists(owner) && !Files.exists(Path.of(Files.readString(owner)))) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
