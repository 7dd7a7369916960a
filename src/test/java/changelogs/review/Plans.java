package changelogs.review;

import changelogs.server.Server;
import changelogs.testing.Actor;
import changelogs.testing.Caller;
import changelogs.testing.PlannedQuery;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the plans of the queries in the base's src/test/resources/plans between the base and the head. */
final class Plans {

    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");
    private static final int SLOWER = 5;
    private static final int LEAST_PAGES = 50;
    private static final Caller OPERATOR = new Caller("none", null);

    /**
     * Plan and cost of a query.
     *
     * @param error SQLSTATE; empty if it ran
     * @param scanned tables without a usable index, which are read completely although sequential scans are disabled
     * @param pages pages that the second execution touches
     */
    private record Plan(String error, Set<String> scanned, long pages) {
    }

    /**
     * A query whose plan became worse.
     *
     * @param before its plan on the base, in words
     * @param after its plan on the head, in words
     */
    record Change(String query, String before, String after, Set<String> scanned, boolean slower) {
    }

    private Plans() {
    }

    static List<Change> between(List<PlannedQuery> queries, String before, String after, List<String> unmeasured) {
        Set<String> failed = new TreeSet<>();
        List<Change> changes = new ArrayList<>();
        try (Connection base = TestServer.get().server().connect(before, Server.OPERATOR); Connection head = TestServer.get().server().connect(after, Server.OPERATOR)) {
            Actor old = new Actor(base);
            Actor now = new Actor(head);
            for (PlannedQuery query : queries) {
                String sql = query.with(column -> value(old, column));
                Plan was = plan(old, query, sql);
                if (!was.error.isEmpty()) {
                    failed.add(query.sql() + " (" + was.error + ")");
                    continue;
                }
                Plan is = plan(now, query, sql);
                Set<String> scanned = new TreeSet<>(is.scanned);
                scanned.removeAll(was.scanned);
                boolean slower = is.pages > was.pages * SLOWER && is.pages - was.pages > LEAST_PAGES;
                if (!scanned.isEmpty() || slower || !is.error.isEmpty()) {
                    changes.add(new Change(query.sql(), words(was), words(is), scanned, slower));
                }
            }
            base.rollback();
            head.rollback();
            if (!failed.isEmpty()) {
                unmeasured.add("Plans of queries that fail on the base, " + failed.size() + " in all: for example " + failed.iterator().next());
            }
            return changes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Plan plan(Actor actor, PlannedQuery query, String sql) throws SQLException {
        Actor.Attempt plan = actor.attempt(query.caller(), "set local enable_seqscan = off", "explain (costs off) " + sql, null);
        if (!plan.ran()) {
            return new Plan(plan.error(), Set.of(), 0);
        }
        String analyze = "explain (analyze, buffers, costs off, timing off, summary off) " + sql;
        actor.read(query.caller(), analyze);
        Actor.Attempt run = actor.read(query.caller(), analyze);
        long pages = run.rows().stream().filter(line -> line.contains("Buffers:")).findFirst()
                .map(line -> PAGES.matcher(line).results().mapToLong(found -> Long.parseLong(found.group(1))).sum()).orElse(0L);
        return new Plan(run.error(), plan.rows().stream().flatMap(line -> PlannedQuery.SCAN.matcher(line).results()).map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new)), pages);
    }

    /** The first value of the column; empty if the table has no rows, or if the column does not exist. */
    private static String value(Actor actor, String column) {
        try {
            return actor.read(OPERATOR, PlannedQuery.firstValue(column)).rows().stream().filter(Objects::nonNull).findFirst().orElse("");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(Plan plan) {
        return !plan.error.isEmpty() ? "error " + plan.error
                : String.format(Locale.ROOT, "%s, %d pages", plan.scanned.isEmpty() ? "by index" : "reads all of " + String.join(", ", plan.scanned), plan.pages);
    }

    static List<Finding> findings(List<Change> changes, Places places) {
        return changes.stream().map(change -> places.finding(Check.SLOWER_PLAN, change.scanned.isEmpty() ? "" : "public." + change.scanned.iterator().next(),
                "Before: " + change.before + "; now: " + change.after + ": " + change.query)).toList();
    }
}
