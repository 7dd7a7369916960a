package changelogs.review;

import changelogs.review.Side.Entry;
import changelogs.server.Server;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.PlannedQuery;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reviews the changesets of one system that differ between two sides. */
final class Review {

    static final int TIMES = 10;
    private static final double NANOS = 1e9;

    private final Difference difference;
    private final Side head;
    private final int rows;
    private final boolean withTools;
    /** The npm tools; null if the review runs without them. */
    private Tools tools;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<String, Step> large = new LinkedHashMap<>();
    private final Map<String, Map<String, Bystander.Wait>> waits = new LinkedHashMap<>();
    private final List<String> unmeasured = new ArrayList<>();
    private final Set<String> databases = new HashSet<>();
    private List<ObjectChange> rewritten = List.of();
    private Map<String, String> refusals = new TreeMap<>();
    private AccessDiff access;
    private String picture = "";
    private List<Plans.Change> plans = List.of();
    private TypesDiff types = TypesDiff.NONE;
    /** Tables whose generated rows were changed because a changeset failed on them, with the number of rows they have now. */
    private final Map<String, Long> repaired = new TreeMap<>();

    private Review(Difference difference, int rows, boolean tools) {
        this.withTools = tools;
        this.difference = difference;
        this.head = difference.head();
        this.rows = rows;
    }

    /**
     * Reviews the head.
     *
     * @param tools whether to run squawk, plpgsql_check, Supabase's advisors and its generator of types, which take ten seconds
     * @param otherBranches migrations by branch, to find a number that is taken twice
     */
    static Result of(Side base, Side head, int rows, boolean tools, Map<String, List<String>> otherBranches) {
        long begun = System.nanoTime();
        Difference difference = Difference.between(base, head);
        Review review = new Review(difference, rows, tools);
        review.findings.addAll(difference.findings(otherBranches));
        if (!difference.isEmpty()) {
            CompletableFuture<List<Finding>> rules = CompletableFuture.supplyAsync(() -> Lints.rules(base, head), Tools.THREADS);
            try {
                review.measure();
            } finally {
                review.databases.forEach(TestServer.get()::discard);
            }
            review.findings.addAll(Tools.resultOf(rules));
        }
        List<Finding> findings = Accepted.of(head.accepted()).applyTo(review.findings.stream().distinct().toList());
        return new Result(head.system(), difference, findings.stream().sorted(java.util.Comparator.comparing(Finding::level)).toList(), review.trials, review.large, review.waits,
                review.rewritten, review.access, review.picture, review.plans, review.types, review.refusals, review.unmeasured, rows, (System.nanoTime() - begun) / NANOS);
    }

    private void measure() {
        SeededBase base = base();
        if (withTools) {
            tools = new Tools(copy(base.template()));
        }
        SeededBase start = difference.rewritesHistory() ? withoutNew(base) : base;
        if (start == null) {
            compareComplete(base);
            return;
        }
        addUnseeded(start.unseeded());
        if (!start.pending().isEmpty()) {
            unmeasured.add("Changesets of the base whose preconditions this server does not meet (-Ddb=container has pgvector), by migration: " + start.pending().stream()
                    .collect(Collectors.groupingBy(name -> name.substring(0, name.indexOf("::")), TreeMap::new, Collectors.counting())));
        }
        String database = copy(start.template());
        Stepper stepper = stepper(database);
        try {
            for (Entry entry : difference.added()) {
                Trial trial = tried(stepper, entry, start);
                trials.add(trial);
                if (trial.step().failed()) {
                    unmeasured.add("The changesets after " + entry.id() + ", because it failed.");
                    break;
                }
                if (trial.stuck()) {
                    stepper.close();
                    stepper = null;
                    database = rebuild(start);
                    stepper = stepper(database);
                }
            }
        } finally {
            if (stepper != null) {
                stepper.close();
            }
        }
        if (difference.added().isEmpty() && rewritten.isEmpty()) {
            return;
        }
        measureLarge(start);
        compare(base, start, database);
        loseRows(start, database);
    }

    private SeededBase base() {
        try {
            return SeededBase.of(difference.base(), rows);
        } catch (Changelog.LiquibaseFailed e) {
            throw new CannotCompare("The base does not apply to an empty database: " + e.getMessage(), e);
        }
    }

    /** The base with the edited changesets, but without the new ones; null if these do not apply without the new ones. */
    private SeededBase withoutNew(SeededBase base) {
        try {
            SeededBase start = SeededBase.of(head, changeSet -> !difference.isAdded(Side.key(changeSet)), rows);
            databases.add(start.database());
            rewritten = ObjectChange.between(base.catalog(), start.catalog());
            return start;
        } catch (Changelog.LiquibaseFailed e) {
            unmeasured.add("Each new changeset separately: the edited changesets need the new ones, so the complete head was compared with the base.");
            return null;
        }
    }

    private void compareComplete(SeededBase base) {
        try {
            SeededBase complete = SeededBase.of(head, changeSet -> true, rows);
            databases.add(complete.database());
            rewritten = ObjectChange.between(base.catalog(), complete.catalog());
            compare(base, complete, complete.database());
        } catch (Changelog.LiquibaseFailed e) {
            findings.add(new Finding(Check.DOES_NOT_APPLY, "", "", "", "The head does not apply to an empty database: " + e.getMessage(), ""));
        }
    }

    private Trial tried(Stepper stepper, Entry entry, SeededBase start) {
        Trial first = Trial.of(stepper, entry);
        if (!first.step().failed() || !first.step().failure().isAboutData() || first.step().failure().table().isEmpty()) {
            return first;
        }
        findings.addAll(new StepChecks(first.step(), null, start.rows()).findings());
        String table = first.step().failure().table();
        String how = Repair.of(first.step().failure(), stepper.observer().operator());
        repaired.put(table, stepper.observer().count(table));
        unmeasured.add("The effect of " + entry.id() + " on the generated rows of " + table + ": it fails on them, so it was measured "
                + how + ". The rows that personas reach are not compared.");
        return Trial.of(stepper, entry);
    }

    private Stepper stepper(String database) {
        Predicate<String> ran = key -> !difference.isAdded(key) || trials.stream().anyMatch(trial -> trial.step().applied() && trial.step().entry().key().equals(key));
        return new Stepper(database, head, ran, true);
    }

    private String copy(String database) {
        String copy = TestServer.get().copy(database);
        databases.add(copy);
        return copy;
    }

    /** Builds the database again with the changesets so far, after a rollback that left it in another state. */
    private String rebuild(SeededBase start) {
        String database = copy(start.template());
        Set<String> applied = new TreeSet<>();
        trials.stream().filter(trial -> trial.step().applied()).forEach(trial -> applied.add(trial.step().entry().key()));
        try (Stepper again = new Stepper(database, head, key -> !difference.isAdded(key), false)) {
            difference.added().stream().filter(entry -> applied.contains(entry.key())).forEach(again::apply);
        }
        return database;
    }

    private void measureLarge(SeededBase start) {
        Set<String> touched = new TreeSet<>();
        trials.forEach(trial -> {
            trial.step().locks().forEach((table, lock) -> {
                if (lock.mode().blocksWrites()) {
                    touched.add(table);
                }
            });
            touched.addAll(trial.step().counters().keySet());
        });
        touched.retainAll(start.rows().keySet());
        touched.removeIf(table -> table.startsWith("auth.") || start.rows().get(table) == 0);
        if (!touched.isEmpty() && trials.stream().noneMatch(trial -> trial.step().failed())) {
            String database = copy(start.template());
            try (Seeder seeder = new Seeder(database)) {
                seeder.fill((long) rows * TIMES, touched);
            }
            try (Stepper stepper = new Stepper(database, head, key -> !difference.isAdded(key), false)) {
                for (Trial trial : trials) {
                    List<String> locked = trial.step().locks().entrySet().stream().filter(lock -> lock.getValue().mode().blocksWrites()).map(Map.Entry::getKey)
                            .filter(touched::contains).toList();
                    Step again;
                    try (Bystander bystander = new Bystander(database, locked)) {
                        again = stepper.apply(trial.step().entry());
                        waits.put(trial.step().entry().key(), bystander.end());
                    }
                    if (again.failed()) {
                        break;
                    }
                    large.put(again.entry().key(), again);
                }
            }
        }
        Map<String, Long> counts = new TreeMap<>(start.rows());
        counts.putAll(repaired);
        trials.forEach(trial -> {
            findings.addAll(new StepChecks(trial.step(), large.get(trial.step().entry().key()), counts).findings());
            findings.addAll(trial.findings());
        });
    }

    private void compare(SeededBase base, SeededBase start, String database) {
        List<ObjectChange> changes;
        try (Observer observer = new Observer(database)) {
            Catalog catalog = observer.catalog();
            changes = ObjectChange.between(base.catalog(), catalog);
            picture = Picture.of(changes, base.catalog(), catalog);
        }
        if (changes.isEmpty()) {
            return;
        }
        Places places = new Places(trials.stream().map(Trial::step).toList(), rewritten);
        fillNewTables(database, start);
        Access now = SeededBase.access(database);
        if (difference.rewritesHistory()) {
            unmeasured.add("Small differences of the rows that personas reach: the rows of the two sides were generated separately, since changesets of the base differ.");
            access = new AccessDiff(base.access().withoutDigests(), now.withoutDigests(), base.rows().keySet(), false);
        } else {
            access = new AccessDiff(base.access(), now, base.rows().keySet(), true);
        }
        findings.addAll(access.findings(places, repaired.isEmpty()));
        if (tools != null) {
            findings.addAll(Lints.functions(base.database(), database, this::copy, unmeasured));
        }
        CompletableFuture<Tools.Found> found = tools == null ? CompletableFuture.completedFuture(Tools.Found.NOTHING)
                : tools.compare(database, trials.stream().map(Trial::step).toList());
        try (Session before = session(base.database()); Session after = session(database)) {
            findings.addAll(new ClientChecks(changes, base.access(), before, after, places).findings());
            Set<String> tables = TriggerCost.tables(changes, start.rows().keySet(), after);
            findings.addAll(TriggerCost.findings(TriggerCost.between(base.database(), database, tables), places));
        }
        findings.addAll(LastRelease.securityTests(difference.base(), base.database(), database, unmeasured));
        plans(base.database(), database, places);
        Tools.Found ofTools = Tools.resultOf(found);
        findings.addAll(ofTools.findings());
        types = ofTools.types();
        unmeasured.addAll(ofTools.unmeasured());
    }

    private void plans(String before, String after, Places places) {
        List<PlannedQuery> queries = PlannedQuery.below(difference.base().root(), difference.base().system());
        if (queries.isEmpty()) {
            unmeasured.add("Plans: the base has no queries in " + PlannedQuery.FOLDER + "/" + difference.base().system() + ".");
        }
        plans = Plans.between(queries, before, after, unmeasured);
        findings.addAll(Plans.findings(plans, places));
    }

    private void fillNewTables(String database, SeededBase start) {
        if (trials.stream().flatMap(trial -> trial.step().changes().stream()).anyMatch(change -> change.isAdded() && change.is("relation"))) {
            try (Seeder seeder = new Seeder(database)) {
                Set<String> fresh = new TreeSet<>(seeder.tables());
                fresh.removeAll(start.rows().keySet());
                seeder.fill(rows, fresh);
                addUnseeded(seeder.unseeded());
            }
        }
    }

    private void addUnseeded(Map<String, String> tables) {
        tables.forEach((table, reason) -> unmeasured.add("Rows of " + table + ": " + reason));
    }

    private static Session session(String database) {
        Session session = Session.in(database, Server.OPERATOR);
        session.update("set search_path = ''");
        return session;
    }

    private void loseRows(SeededBase start, String database) {
        List<Step> applied = trials.stream().filter(trial -> trial.step().applied() && trial.failure() == null && trial.left().isEmpty()).map(Trial::step).toList();
        if (applied.size() == difference.added().size() && applied.stream().anyMatch(step -> step.changes().stream()
                .anyMatch(change -> change.isAdded() && change.is("relation", "column")))) {
            Losses losses = Losses.of(head, database, applied, start.rows().keySet());
            findings.addAll(losses.findings());
            refusals = losses.refusals();
        }
    }
}
