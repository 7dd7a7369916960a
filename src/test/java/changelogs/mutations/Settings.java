package changelogs.mutations;

import changelogs.testing.Changelog;
import changelogs.testing.Command;
import java.util.List;

/**
 * Settings from the command line.
 *
 * @param system the one system to mutate; empty for all
 * @param only regular expression for the ids of mutations; empty for all
 * @param tests regular expression for the simple names of test classes; empty for all
 * @param sample number of mutations; zero for all
 * @param seed seed of the sample; the commit by default
 */
record Settings(String system, String only, String tests, int sample, String seed) {

    static Settings given() {
        int sample = Integer.getInteger("mutations.sample", 0);
        return new Settings(System.getProperty("mutations.system", ""), System.getProperty("mutations.only", ""),
                System.getProperty("mutations.tests", ""), sample, System.getProperty("mutations.seed", sample == 0 ? "" : commit()));
    }

    private static String commit() {
        return Command.of("git", "rev-parse", "HEAD").run().out().strip();
    }

    List<String> systems() {
        return system.isEmpty() ? Changelog.systems() : List.of(system);
    }

    /** Regular expression of the test classes that may touch the systems: the package of each system, and the package ops. */
    String classes() {
        String packages = system.isEmpty() ? "" : "(ops|" + system.replace("-", "") + ")\\.";
        return "changelogs\\." + packages + (tests.isEmpty() ? ".*" : "(.*\\.)?(" + tests + ")");
    }

    List<Mutation> choose(List<Mutation> mutations) {
        List<Mutation> meant = mutations.stream().filter(mutation -> mutation.id().matches(".*" + only + ".*")).toList();
        return sample == 0 ? meant : new Sample(sample, seed).of(meant);
    }

    boolean isFull() {
        return system.isEmpty() && only.isEmpty() && tests.isEmpty() && sample == 0;
    }
}
