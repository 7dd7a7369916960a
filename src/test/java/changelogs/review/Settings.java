package changelogs.review;

import java.util.List;

/**
 * Settings from the command line.
 *
 * @param base commit or tag to compare with; empty for the merge base with the main branch
 * @param head commit or tag to review; empty for the working tree
 * @param system the one system to review; empty for all that differ
 * @param rows rows per table; times are measured with ten times as many, too
 * @param statistics file with the rows of the tables on production; empty if there is none
 */
record Settings(String base, String head, String system, int rows, String statistics) {

    static final int ROWS = 1000;

    static Settings given() {
        return new Settings(property("base"), property("head"), property("system"), Integer.getInteger("review.rows", ROWS), property("review.stats"));
    }

    private static String property(String name) {
        return System.getProperty(name, "").strip();
    }

    List<String> choose(List<String> systems) {
        return systems.stream().filter(name -> system.isEmpty() || name.equals(system)).toList();
    }
}
