package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.PlannedQuery;
import changelogs.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code mvn -Preview} reviews the changesets that differ from the main branch. */
class ReviewRun {

    private static final Path FOLDER = Path.of("target", "review");

    @Test
    void noBlockerIsFound() throws Exception {
        Report report;
        try {
            report = review(Settings.given(), new Git(Path.of("")));
        } catch (RuntimeException e) {
            System.out.println("REVIEW: could not compare: " + e.getMessage());
            throw e;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("review.md"), report.comment());
        Files.writeString(FOLDER.resolve("review.html"), Html.of(report.markdown()));
        Files.writeString(FOLDER.resolve("review.json"), report.json());
        report.results().stream().flatMap(result -> result.findings().stream()).filter(finding -> finding.level() != Level.NOTE).forEach(ReviewRun::print);
        System.out.println("The report is in " + FOLDER.resolve("review.html") + ".");
        System.out.println(report.closingLine());
        assertThat(report.count(Level.BLOCKER)).as(report.closingLine()).isZero();
    }

    /** On GitHub, a finding is shown beside its line of the diff. */
    private static void print(Finding finding) {
        String[] place = finding.place().split(":");
        if (System.getenv("GITHUB_ACTIONS") != null && place.length == 2) {
            System.out.println("::" + (finding.level() == Level.BLOCKER ? "error" : "warning") + " file=" + place[0] + ",line=" + place[1] + ",title="
                    + finding.check().id() + "::" + finding.text().replace("%", "%25").replace("\n", "%0A"));
        } else {
            System.out.println(finding.level().id() + " " + finding.check().id() + " " + finding.place() + ": " + finding.text());
        }
    }

    private static Report review(Settings settings, Git git) {
        Statistics statistics = Statistics.in(settings.statistics());
        String base = git.base(settings.base(), settings.head());
        String head = settings.head().isEmpty() ? "" : git.commit(settings.head());
        String name = head.isEmpty() ? "the working tree" : settings.head();
        List<String> changed = git.changed(base, head, "changelog");
        if (changed.isEmpty()) {
            return new Report(base, name, statistics, List.of());
        }
        Path before = git.export(base, FOLDER.resolve("base"), "changelog", "src/test/resources/fixtures", PlannedQuery.FOLDER, "ops");
        Path after = head.isEmpty() ? Path.of("") : git.export(head, FOLDER.resolve("head"), "changelog", "src/test/resources/fixtures");
        TreeSet<String> systems = new TreeSet<>(Side.systems(before));
        systems.addAll(Side.systems(after));
        List<Result> results = new ArrayList<>();
        CompletableFuture<TestServer> server = CompletableFuture.supplyAsync(TestServer::get, Tools.THREADS);
        for (String system : settings.choose(List.copyOf(systems))) {
            if (changed.stream().anyMatch(path -> path.startsWith("changelog/" + system + "/") || path.startsWith("changelog/shared/"))) {
                CompletableFuture<Side> reading = CompletableFuture.supplyAsync(() -> Side.of(after, system), Tools.THREADS);
                Side old = Side.of(before, system);
                List<String> known = new ArrayList<>(old.migrations());
                Side side = Tools.resultOf(reading);
                known.addAll(side.migrations());
                Tools.resultOf(server);
                results.add(Review.of(old, side, settings.rows(), true, git.migrationsOfOtherBranches(system, known)));
            }
        }
        return new Report(base, name, statistics, results);
    }
}
