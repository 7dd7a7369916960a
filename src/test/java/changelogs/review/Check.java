package changelogs.review;

import static changelogs.review.Level.BLOCKER;
import static changelogs.review.Level.NOTE;
import static changelogs.review.Level.WARNING;

import java.util.Locale;

/** The findings that a review can raise. ops/review.md describes the safer alternative of each under the same name. */
enum Check {

    // Order and identity of changesets.
    RELEASED_EDITED(BLOCKER, "a released changeset was edited"),
    RELEASED_REMOVED(BLOCKER, "a released changeset was removed"),
    INSERTED_BEFORE_RELEASED(BLOCKER, "a changeset was inserted before a released one"),
    NUMBER_TWICE(BLOCKER, "two migrations have the same number"),
    UNRELEASED_EDITED(WARNING, "a changeset of the base was edited or removed; it is not released, so only databases of developers have run it"),
    TAG_MOVED(WARNING, "a tag moved to another changeset"),
    ROLLBACK_EDITED(NOTE, "the rollback of a changeset of the base was edited; a rollback uses the new one"),

    // Whether the changesets apply.
    DOES_NOT_APPLY(BLOCKER, "the changeset fails on the base"),
    FAILS_ON_DATA(BLOCKER, "the changeset fails if a table holds rows that the base allows"),
    PENDING(WARNING, "the changeset was not applied here, so its effects were not measured"),

    // Access.
    GAINED_BY_ANON(BLOCKER, "anon or public gained access"),
    RLS_DISABLED(BLOCKER, "a table that the API exposes has no row level security"),
    VIEW_NOT_INVOKER(BLOCKER, "a view runs with the rights of its owner, so row level security of its tables does not apply"),
    DEFINER_UNCHECKED(BLOCKER, "a security definer function that the API can call does not check its caller"),
    DEFINER_SEARCH_PATH(WARNING, "a security definer function has no fixed search_path"),
    POLICY_ALWAYS_TRUE(WARNING, "a policy accepts every row"),
    ROWS_GAINED(BLOCKER, "signed-in users see or change more rows of others than before"),
    ACCESS_LOST(WARNING, "a role lost access"),
    ACCESS_GAINED(NOTE, "a role gained access"),
    GRANT_WITHOUT_POLICY(WARNING, "a role has a privilege, but no policy lets it reach a row"),
    POLICY_WITHOUT_GRANT(WARNING, "a policy names a role that lacks the privilege"),

    // Locks and cost.
    TABLE_REWRITE(BLOCKER, "an existing table is rewritten under a lock that blocks reads and writes"),
    INDEX_BLOCKS_WRITES(BLOCKER, "an index on an existing table is built without CONCURRENTLY, which blocks writes"),
    CONSTRAINT_SCANS(BLOCKER, "a constraint is checked against all rows under a lock that blocks writes"),
    SCAN_UNDER_LOCK(WARNING, "an existing table is read completely under a lock that blocks writes"),
    NO_LOCK_TIMEOUT(WARNING, "the changeset waits without limit for a strong lock on an existing table, and all later queries wait behind it"),
    ROWS_IN_ONE_TRANSACTION(WARNING, "the number of rows changed in one transaction grows with the table"),
    TRIGGER_COST(WARNING, "a write to an existing table became several times slower"),
    SLOWER_PLAN(WARNING, "a query of the product no longer uses an index, or touches several times as many pages"),

    // Rollback.
    ROLLBACK_MISSING(BLOCKER, "the changeset has no rollback"),
    ROLLBACK_FAILS(BLOCKER, "the rollback fails"),
    ROLLBACK_WRONG(BLOCKER, "the catalog after the rollback differs from the one before the changeset"),
    ROLLBACK_LOSES_ROWS(BLOCKER, "the rollback loses rows or values without refusing"),
    REAPPLY_DIFFERS(WARNING, "applying the changeset again after its rollback gives another result"),

    // Clients of the last release.
    BREAKS_CLIENTS(BLOCKER, "clients of the last release use something that was dropped or changed"),
    BODY_USES_DROPPED(BLOCKER, "a function still uses something that was dropped"),
    OVERLOAD_LEFT(WARNING, "a function has a new signature, and the old one still exists"),
    DROPS_DATA(WARNING, "values are deleted"),
    CLIENT_TESTS_FAIL(BLOCKER, "the checks of the last release fail on the new schema"),
    TYPES_BREAK(WARNING, "code that compiles with the generated types of the last release does not compile with the new ones"),
    NEW_ENUM_VALUE(NOTE, "clients of the last release do not know the new value, and it cannot be removed"),

    LINT(NOTE, "a rule of this repository is broken");

    private final Level level;
    private final String meaning;

    Check(Level level, String meaning) {
        this.level = level;
        this.meaning = meaning;
    }

    Level level() {
        return level;
    }

    String meaning() {
        return meaning;
    }

    /** The name in reports, for example {@code gained-by-anon}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
