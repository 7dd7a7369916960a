package changelogs.review;

import java.util.ArrayList;
import java.util.List;

/** The lines that differ between two texts, in the form of a diff with two lines of context. */
final class Diff {

    private static final int CONTEXT = 2;

    private Diff() {
    }

    static String of(List<String> was, List<String> is) {
        int shorter = Math.min(was.size(), is.size());
        int first = 0;
        while (first < shorter && was.get(first).equals(is.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && was.get(was.size() - 1 - last).equals(is.get(is.size() - 1 - last))) {
            last++;
        }
        List<String> lines = new ArrayList<>();
        was.subList(0, first).forEach(line -> lines.add("  " + line));
        lines.addAll(middle(was.subList(first, was.size() - last), is.subList(first, is.size() - last)));
        was.subList(was.size() - last, was.size()).forEach(line -> lines.add("  " + line));
        return String.join("\n", shortened(lines));
    }

    private static List<String> middle(List<String> was, List<String> is) {
        int[][] common = new int[was.size() + 1][is.size() + 1];
        for (int i = was.size() - 1; i >= 0; i--) {
            for (int j = is.size() - 1; j >= 0; j--) {
                common[i][j] = was.get(i).equals(is.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < was.size() || j < is.size()) {
            if (i < was.size() && j < is.size() && was.get(i).equals(is.get(j))) {
                lines.add("  " + was.get(i++));
                j++;
            } else if (i < was.size() && (j == is.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + was.get(i++));
            } else {
                lines.add("+ " + is.get(j++));
            }
        }
        return lines;
    }

    private static List<String> shortened(List<String> lines) {
        List<String> shown = new ArrayList<>();
        boolean left = false;
        for (int i = 0; i < lines.size(); i++) {
            boolean near = lines.subList(Math.max(0, i - CONTEXT), Math.min(lines.size(), i + CONTEXT + 1)).stream().anyMatch(line -> !line.startsWith("  "));
            if (near) {
                shown.add(lines.get(i));
                left = false;
            } else if (!left) {
                shown.add("  …");
                left = true;
            }
        }
        return shown;
    }
}
