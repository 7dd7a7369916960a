package changelogs.bench;

import java.time.Duration;

/**
 * Settings from the command line.
 *
 * @param rows number of rows per table
 * @param parts regular expression for the parts to run
 * @param delay delay of a round trip of update and rollback
 * @param rate transactions per second during a rollout
 * @param update whether to write the figures into the page
 */
record Settings(int rows, String parts, Duration delay, int rate, boolean update) {

    static Settings given() {
        return new Settings(Integer.getInteger("bench.rows", 10_000), System.getProperty("bench.parts", ".*"),
                Duration.ofMillis(Integer.getInteger("bench.delay", 2)), Integer.getInteger("bench.rate", 200), System.getProperty("update.pages") != null);
    }

    boolean includes(String part) {
        return part.matches(parts);
    }
}
