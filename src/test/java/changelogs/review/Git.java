package changelogs.review;

import changelogs.testing.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a review reads from the repository. */
final class Git {

    private static final List<String> MAIN = List.of("origin/main", "main", "origin/master", "master");

    private final Path repository;

    Git(Path repository) {
        this.repository = repository;
    }

    /** The commit of the base: the one that is named, or the last common commit with the main branch. */
    String base(String named, String head) {
        if (!named.isEmpty()) {
            return commit(named);
        }
        for (String main : MAIN) {
            Command.Result result = run("merge-base", main, head.isEmpty() ? "HEAD" : head);
            if (result.status() == 0) {
                return result.out().strip();
            }
        }
        throw new CannotCompare("There is no main branch to compare with. Name the base: -Dbase=<commit or tag>");
    }

    String commit(String name) {
        Command.Result result = run("rev-parse", "--verify", "--quiet", name + "^{commit}");
        if (result.status() != 0) {
            throw new CannotCompare("There is no commit or tag " + name + ". If the clone is shallow, run git fetch --unshallow");
        }
        return result.out().strip();
    }

    /** Paths below the folder that differ between the base and the head, or the working tree if the head is empty. */
    List<String> changed(String base, String head, String folder) {
        List<String> words = new ArrayList<>(List.of("diff", "--name-only", "--no-renames", base));
        if (!head.isEmpty()) {
            words.add(head);
        }
        words.addAll(List.of("--", folder));
        Stream<String> files = lines(words.toArray(String[]::new));
        return head.isEmpty() ? Stream.concat(files, lines("ls-files", "--others", "--exclude-standard", "--", folder)).distinct().toList() : files.toList();
    }

    /** Writes the folders of a commit below {@code target}, which is emptied first; folders that the commit lacks are omitted. */
    Path export(String commit, Path target, String... folders) {
        List<String> there = Stream.of(folders).filter(folder -> run("cat-file", "-e", commit + ":" + folder).status() == 0).toList();
        try {
            delete(target);
            Files.createDirectories(target);
            if (!there.isEmpty()) {
                Path archive = Files.createTempFile("review", ".zip");
                List<String> words = new ArrayList<>(List.of("archive", "--format=zip", "--output=" + archive, commit, "--"));
                words.addAll(there);
                required(words.toArray(String[]::new));
                unpack(Files.readAllBytes(archive), target);
                Files.delete(archive);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Migration folders of the system on other branches, by branch, without those that the commit contains. */
    Map<String, List<String>> migrationsOfOtherBranches(String system, List<String> known) {
        Map<String, List<String>> branches = new TreeMap<>();
        lines("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes").forEach(branch -> {
            List<String> folders = lines("ls-tree", "-d", "--name-only", branch, "changelog/" + system + "/")
                    .map(path -> path.substring(path.lastIndexOf('/') + 1)).filter(folder -> !known.contains(folder)).toList();
            if (!folders.isEmpty()) {
                branches.put(branch, folders);
            }
        });
        return branches;
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive names a file outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
        }
    }

    static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Stream<String> lines(String... words) {
        return required(words).lines().filter(line -> !line.isBlank());
    }

    private String required(String... words) {
        Command.Result result = run(words);
        if (result.status() != 0) {
            throw new CannotCompare("git " + words[0] + " failed: " + result.err().strip());
        }
        return result.out();
    }

    private Command.Result run(String... words) {
        List<String> all = new ArrayList<>(List.of("git", "-c", "core.quotepath=off", "-C", repository.toAbsolutePath().toString()));
        all.addAll(List.of(words));
        return Command.of(all).run();
    }
}
