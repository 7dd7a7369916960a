package changelogs.review;

import changelogs.review.Side.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The changesets that differ between two sides.
 *
 * @param added changesets of the head that the base lacks, in order
 * @param edited changesets of the head whose checksum differs from the base
 * @param removed changesets of the base that the head lacks
 * @param reversed changesets of which only the rollback differs
 */
record Difference(Side base, Side head, List<Entry> added, List<Entry> edited, List<Entry> removed, List<Entry> reversed) {

    static Difference between(Side base, Side head) {
        Map<String, Entry> before = base.entries().stream().collect(Collectors.toMap(Entry::key, entry -> entry, (a, b) -> a));
        Set<String> after = head.entries().stream().map(Entry::key).collect(Collectors.toSet());
        Predicate<Entry> known = entry -> before.containsKey(entry.key());
        Predicate<Entry> same = entry -> before.get(entry.key()).checksum().equals(entry.checksum());
        return new Difference(base, head,
                head.entries().stream().filter(known.negate()).toList(),
                head.entries().stream().filter(known).filter(same.negate()).toList(),
                base.entries().stream().filter(entry -> !after.contains(entry.key())).toList(),
                head.entries().stream().filter(known).filter(same)
                        .filter(entry -> !before.get(entry.key()).rollback().equals(entry.rollback())).toList());
    }

    boolean isEmpty() {
        return added.isEmpty() && edited.isEmpty() && removed.isEmpty() && reversed.isEmpty();
    }

    /** Whether the base cannot be updated to the head, because changesets that it has run differ. */
    boolean rewritesHistory() {
        return !edited.isEmpty() || !removed.isEmpty();
    }

    boolean isAdded(String key) {
        return added.stream().anyMatch(entry -> entry.key().equals(key));
    }

    /** Findings about the order and identity of changesets. */
    List<Finding> findings(Map<String, List<String>> otherBranches) {
        List<Finding> findings = new ArrayList<>();
        Set<String> released = Set.copyOf(base.released());
        edited.forEach(entry -> findings.add(of(released.contains(entry.name()) ? Check.RELEASED_EDITED : Check.UNRELEASED_EDITED, entry,
                "The checksum of " + entry.name() + " differs from the base.")));
        removed.forEach(entry -> findings.add(of(released.contains(entry.name()) ? Check.RELEASED_REMOVED : Check.UNRELEASED_EDITED, entry,
                "The head has no changeset " + entry.name() + ".")));
        reversed.forEach(entry -> findings.add(of(Check.ROLLBACK_EDITED, entry, "The rollback of " + entry.name() + " differs from the base.")));
        inserted(released, findings);
        numbers(otherBranches, findings);
        tags(findings);
        return findings;
    }

    private void inserted(Set<String> released, List<Finding> findings) {
        int last = -1;
        for (int i = 0; i < head.entries().size(); i++) {
            last = released.contains(head.entries().get(i).name()) ? i : last;
        }
        for (Entry entry : head.entries().subList(0, last + 1)) {
            if (isAdded(entry.key())) {
                findings.add(of(Check.INSERTED_BEFORE_RELEASED, entry, head.entries().get(last).name() + " comes later and is released."));
            }
        }
    }

    private void numbers(Map<String, List<String>> otherBranches, List<Finding> findings) {
        Map<String, List<String>> byNumber = new TreeMap<>();
        head.migrations().forEach(folder -> byNumber.computeIfAbsent(number(folder), number -> new ArrayList<>()).add(folder));
        List<String> before = base.migrations();
        byNumber.forEach((number, folders) -> {
            String fresh = folders.stream().filter(folder -> !before.contains(folder)).reduce((a, b) -> b).orElse("");
            if (fresh.isEmpty()) {
                return;
            }
            if (folders.size() > 1) {
                findings.add(new Finding(Check.NUMBER_TWICE, fresh, "", "changelog/" + head.system() + "/" + fresh,
                        "Number " + number + " belongs to " + String.join(" and ", folders) + ".", ""));
            }
            otherBranches.forEach((branch, others) -> others.stream().filter(other -> number(other).equals(number) && !folders.contains(other))
                    .forEach(other -> findings.add(new Finding(Check.NUMBER_TWICE, fresh, "", "changelog/" + head.system() + "/" + fresh,
                            "Branch " + branch + " uses number " + number + " for " + other + ".", ""))));
        });
    }

    private static String number(String folder) {
        return folder.substring(0, folder.indexOf('-'));
    }

    private void tags(List<Finding> findings) {
        Map<String, Entry> before = new HashMap<>();
        base.entries().stream().filter(entry -> !entry.tag().isEmpty()).forEach(entry -> before.put(entry.tag(), entry));
        head.entries().stream().filter(entry -> before.containsKey(entry.tag()) && !before.get(entry.tag()).key().equals(entry.key()))
                .forEach(entry -> findings.add(of(Check.TAG_MOVED, entry,
                        "Tag " + entry.tag() + " was set by " + before.get(entry.tag()).name() + ". A rollback to the tag now ends at another changeset.")));
    }

    private static Finding of(Check check, Entry entry, String text) {
        return new Finding(check, entry.name(), entry.id(), entry.place(), text, "");
    }
}
