package changelogs.mutations;

import changelogs.testing.Changelog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param system the one system to mutate; empty for all
 * @param only a regular expression that the ids of the mutations match; empty for all
 * @param sample how many mutations; zero for all
 * @param seed chooses those of a sample; the commit, unless one is given
 */
record Settings(String system, String only, int sample, String seed) {

    static Settings given() throws IOException {
        int sample = Integer.getInteger("mutations.sample", 0);
        return new Settings(System.getProperty("mutations.system", ""), System.getProperty("mutations.only", ""), sample,
                System.getProperty("mutations.seed", sample == 0 ? "" : commit()));
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    List<String> systems() {
        return system.isEmpty() ? Changelog.systems() : List.of(system);
    }

    /** The classes whose tests may touch the systems: a system's tests are in the package of its name, the operators' in one for all. */
    String classes() {
        return system.isEmpty() ? ".*" : "changelogs\\.(ops|" + system.replace("-", "") + ")\\..*";
    }

    List<Mutation> choose(List<Mutation> mutations) {
        List<Mutation> meant = mutations.stream().filter(mutation -> mutation.id().matches(".*" + only + ".*")).toList();
        return sample == 0 ? meant : new Sample(sample, seed).of(meant);
    }

    boolean isFull() {
        return system.isEmpty() && only.isEmpty() && sample == 0;
    }
}
