package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The report of a prepared diff as a comment, a page and JSON, with accepted findings and untrusted text. */
// Last, when the shared reviews of prepared diffs exist.
@Order(Integer.MAX_VALUE)
class ReportTest {

    @Test
    void describesADangerousDiff() {
        Report report = report("policy-always-true");

        assertThat(report.markdown()).contains("**blocker** `rows-gained`", "### Access", "| `public.orders` | a user without rows | select | 0 | " + PreparedDiffs.ROWS + " |",
                "### Rollback", "using (true)", "Rollback:", "using (user_id = (select auth.uid()))", "changelog/shop/new.yaml:7",
                "FAIL Alice reads her orders and no others");
        assertThat(report.closingLine()).matches("REVIEW: 3 blockers, 2 warnings, \\d+ notes? in 1 new changeset");
    }

    @Test
    void definitionsAreInWords() {
        assertThat(report("row-security-disabled").markdown()).contains("- row level security enabled\n", "+ row level security disabled\n");
        assertThat(report("grant-to-anon").markdown()).contains("+ granted to anon: select\n");
        assertThat(report("policy-always-true").markdown()).contains("permissive\n", "to authenticated\n");
        assertThat(report("replaced-function-differs-again").markdown()).contains("owner postgres\n", "granted to authenticated: execute\n");
        assertThat(report("type-rewrite").markdown()).doesNotContainPattern("(?m)^ +[-+ ] \\S$");
    }

    @Test
    void queriesThatFailOnTheBaseAreNotMeasured() {
        assertThat(report("index-dropped").markdown()).contains("- Plans of queries that fail on the base, 1 in all: for example select \\* from public.orders where embedding = ");
    }

    @Test
    void pictureShowsAddedTablesAndTheirForeignKeys() {
        Report report = report("rollback-out-of-order");

        assertThat(report.markdown()).contains("mermaid\nflowchart LR", "public_return_lines[\"public.return_lines (added)\"]:::added",
                "public_return_lines -- new --> public_returns");
        assertThat(Html.of(report.markdown())).doesNotContain("flowchart").contains("<h3>Changesets</h3>");
    }

    @Test
    void timesAreExtrapolatedToTheRowsOfProduction() {
        Report report = new Report("the base", "the head", new Statistics(Map.of("public.orders", 5_000_000L)), report("index-not-concurrently").results());

        assertThat(report.markdown()).containsPattern("\\| `public\\.orders` \\| share \\| writes \\| [\\d.]+ / [\\d.]+; extrapolated to 5000000 rows: \\d+ \\|");
    }

    @Test
    void pageHoldsTheReportAndLoadsNothing() {
        String page = Html.of(report("index-not-concurrently").markdown());

        assertThat(page).contains("<h1>Review of the changelog</h1>", "<table>", "<details>", "default-src 'none'").doesNotContain("src=", "href=", "<script");
    }

    @Test
    @SuppressWarnings("unchecked")
    void jsonNamesEachFinding() {
        Map<String, Object> json = new Yaml().load(report("rollback-missing").json());

        assertThat(json).containsEntry("schema", 1);
        assertThat((List<Map<String, Object>>) ((List<Map<String, Object>>) json.get("systems")).get(0).get("findings")).extracting(finding -> finding.get("check"))
                .startsWith("rollback-missing");
    }

    @Test
    void reportWithoutChangesIsOneLine() {
        assertThat(report("comment-alone").closingLine()).isEqualTo("REVIEW: none (no changeset differs from the base)");
    }

    @Test
    void acceptedBlockerIsANoteWithItsReason() {
        Finding blocker = new Finding(Check.GAINED_BY_ANON, "public.orders", "0002-open", "changelog/shop/new.yaml:7", "Anon gained select.", "");
        Accepted accepted = Accepted.of(List.of("# check | object | changeset | reason", "gained-by-anon | public.orders | 0002-open | Orders are public."));

        assertThat(accepted.applyTo(List.of(blocker))).extracting(Finding::level, Finding::reason).containsExactly(org.assertj.core.groups.Tuple.tuple(Level.NOTE, "Orders are public."));
        assertThat(Accepted.of(List.of("gained-by-anon | public.shops | 0002-open | Shops are public.")).applyTo(List.of(blocker))).containsExactly(blocker);
    }

    @Test
    void acceptedFindingWithoutAReasonIsRejected() {
        assertThatThrownBy(() -> Accepted.of(List.of("gained-by-anon | public.orders | 0002-open |"))).isInstanceOf(CannotCompare.class);
    }

    @Test
    void longReportIsCutBeforeAFoldedPartThatWouldBeLeftOpen() {
        String part = "<details>\n" + "a line\n".repeat(1000) + "</details>\n";
        String comment = Report.shortened("# Review\n" + part.repeat(20));

        assertThat(comment).hasSizeLessThanOrEqualTo(Report.LONGEST).endsWith("the rest is in review.html.\n");
        assertThat(comment.split("<details>")).hasSameSizeAs(comment.split("</details>"));
        assertThat(Report.shortened("a line\n".repeat(20_000))).hasSizeBetween(Report.LONGEST - 100, Report.LONGEST);
    }

    @Test
    void namesAreNotMarkup() {
        assertThat(Report.escape("<img src=x> [a](http://b) @all `c` *d*")).isEqualTo("\\<img src=x\\> \\[a\\](http://b) &#64;all \\`c\\` \\*d\\*");
    }

    @Test
    void diffShowsChangedLinesWithContext() {
        assertThat(Diff.of(List.of("a", "b", "c", "d", "e", "f"), List.of("a", "b", "c", "d", "x", "f"))).isEqualTo("  …\n  c\n  d\n- e\n+ x\n  f");
    }

    private static Report report(String diff) {
        return new Report("the base", "the head", Statistics.NONE, List.of(PreparedDiffs.review(diff)));
    }
}
