package changelogs.review;

import java.util.Locale;

/** How serious a finding is; a blocker fails the review. */
enum Level {
    BLOCKER, WARNING, NOTE;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
