package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts of ops/vectors other than verify.sql: watch, backfill, and the imports of legacy data. */
class VectorsScriptsTest {

    private static final Path WATCH = Path.of("ops/vectors/watch.sql");
    private static final Path BACKFILL = Path.of("ops/vectors/backfill.sql");
    private static final Path COMPLETIONS = Path.of("ops/vectors/import-completions.sql");
    private static final Path ACTION_LOGS = Path.of("ops/vectors/import-action-logs.sql");

    /** Legacy completions of Alice: three steps of genius, the skipped draft of body, and a sequence without a progress row. */
    private static final String LEGACY_COMPLETIONS = """
            create schema legacy;
            create table legacy.completions (profile_id uuid, vector text, version text, step_index integer, draft_skipped_at timestamptz);
            insert into legacy.completions values
                ('a11ce000-0000-4000-8000-00000000000a', 'genius', 'v1', 3, null),
                ('a11ce000-0000-4000-8000-00000000000a', 'body', 'v1', 0, '2025-05-01 12:00+00'),
                ('a11ce000-0000-4000-8000-00000000000a', 'sleep', 'v1', 2, null)
            """;
    private static final String LEGACY_ACTIONS = """
            create schema legacy;
            create table legacy.audit (id bigint generated always as identity, player uuid, what text, done timestamptz);
            insert into legacy.audit (player, what, done)
            select 'b0b00000-0000-4000-8000-00000000000b', 'apply_mind', '2025-05-01 12:00+00' from generate_series(1, 12);
            create view legacy.actions as
            select md5('legacy.audit ' || a.id)::uuid as id, a.what as action_id, a.player as profile_id,
                'audit' as source, null as vector, null as qol_domain, null::timestamptz as selected_at, a.done as completed_at,
                null::integer as duration, null as mode, null::jsonb as metadata
            from legacy.audit as a
            """;
    private static final String STATE = """
            select format('%s %s %s %s %s', v.profile_id, v.vector, v.version, v.step_index, v.draft_skipped_at is not null)
            from public.vector_progress as v
            order by 1
            """;

    @RegisterExtension
    final Database vectors = Database.ofItsOwn("vectors");

    private Session owner;

    @BeforeEach
    void twoPlayers() {
        owner = vectors.owner();
        owner.script(Fixture.of("vectors"));
    }

    @Test
    void watchShowsBackfills() throws Exception {
        Command.Result result = Psql.run(vectors.name(), WATCH);

        assertThat(result.out()).contains("Sessions that wait for a lock, and the sessions that hold it:", "Transactions open for more than a minute:", "Backfills:", "vector_progress");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void watchWorksBeforeTheFirstRollout() throws Exception {
        try (Database empty = Database.open("vectors")) {
            Command.Result result = Psql.run(empty.name(), WATCH);

            assertThat(result.out()).contains("Sessions that wait for a lock, and the sessions that hold it:").doesNotContain("Backfills:");
            assertThat(result.err()).isEmpty();
            assertThat(result.status()).isZero();
        }
    }

    @Test
    void backfillStartsOverAndAddsMissingRows() throws SQLException {
        owner.script("delete from public.vector_progress where vector in ('mind', 'body'); update public.vector_progress set step_index = 4");

        Outcome outcome = run(BACKFILL, Map.of("backfill.batch", "2"));

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.lines()).singleElement().asString().startsWith("3 profiles, 6 rows added, in ");
        assertThat(owner.value(Long.class, "select count(*) from public.vector_progress where step_index = 4")).as("existing rows").isEqualTo(9);
        assertThat(run(BACKFILL, Map.of()).lines()).singleElement().asString().startsWith("3 profiles, 0 rows added, in ");
    }

    @Test
    void backfillRejectsAnInvalidBatchSize() throws SQLException {
        List<Object> before = owner.column(Object.class, "select finished_at from private.backfills");

        assertThat(run(BACKFILL, Map.of("backfill.batch", "0")).error()).startsWith("ERROR: batch is 0");
        assertThat(owner.column(Object.class, "select finished_at from private.backfills")).isEqualTo(before);
    }

    @Test
    void dryRunOfCompletionsCountsAndChangesNothing() throws SQLException {
        owner.script(LEGACY_COMPLETIONS);
        List<String> before = owner.column(String.class, STATE);

        Outcome outcome = run(COMPLETIONS, Map.of("import.source", "legacy.completions"));

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.of("rows in legacy.completions")).isEqualTo("SOURCE 3");
        assertThat(outcome.of("rows to insert")).isEqualTo("IMPORT 1");
        assertThat(outcome.of("rows to update")).isEqualTo("IMPORT 2");
        assertThat(outcome.lines()).last().asString().startsWith("DRY RUN");
        assertThat(owner.column(String.class, STATE)).isEqualTo(before);
    }

    @Test
    void completionsAreImportedOnceAndNeverLowerProgress() throws SQLException {
        owner.script(LEGACY_COMPLETIONS);
        Map<String, String> apply = Map.of("import.source", "legacy.completions", "import.apply", "yes", "import.batch", "2");

        assertThat(run(COMPLETIONS, apply).lines()).last().isEqualTo("APPLIED   3 rows written");
        assertThat(owner.column(String.class, STATE)).contains(
                "a11ce000-0000-4000-8000-00000000000a genius v1 3 f",
                "a11ce000-0000-4000-8000-00000000000a body v1 0 t",
                "a11ce000-0000-4000-8000-00000000000a sleep v1 2 f");

        owner.script("update public.vector_progress set step_index = 9 where vector = 'genius'");
        List<String> before = owner.column(String.class, STATE);

        assertThat(run(COMPLETIONS, apply).lines()).last().isEqualTo("APPLIED   0 rows written");
        assertThat(owner.column(String.class, STATE)).isEqualTo(before);
    }

    @Test
    void invalidCompletionsAreReportedAndNotImported() throws SQLException {
        owner.script(LEGACY_COMPLETIONS + """
                ;
                insert into legacy.completions values
                    ('a11ce000-0000-4000-8000-00000000000a', 'mind', 'v1', -1, null),
                    ('a11ce000-0000-4000-8000-00000000000a', '', 'v1', 1, null),
                    ('a11ce000-0000-4000-8000-00000000000a', null, 'v1', 1, null),
                    ('a11ce000-0000-4000-8000-00000000000a', 'spirit', 'v1', 1, now() + interval '1 day'),
                    ('a11ce000-0000-4000-8000-00000000000a', 'genius', 'v1', 5, null),
                    ('00000000-0000-4000-8000-000000000000', 'mind', 'v1', 1, null),
                    ('00000000-0000-4000-8000-000000000000', 'body', 'v1', 1, null)
                """);
        List<String> before = owner.column(String.class, STATE);

        Outcome outcome = run(COMPLETIONS, Map.of("import.source", "legacy.completions", "import.apply", "yes"));

        assertThat(outcome.of("step_index is negative")).isEqualTo("REFUSED 1");
        assertThat(outcome.of("vector or version is empty or longer than 100 characters")).isEqualTo("REFUSED 1");
        assertThat(outcome.of("profile_id, vector, version or step_index is null")).isEqualTo("REFUSED 1");
        assertThat(outcome.of("draft_skipped_at is in the future")).isEqualTo("REFUSED 1");
        assertThat(outcome.of("a duplicate of profile, vector and version")).isEqualTo("REFUSED 1");
        assertThat(outcome.of("the profile does not exist")).isEqualTo("REFUSED 2");
        assertThat(outcome.error()).startsWith("ERROR: 7 rows of the source are invalid; nothing was written");
        assertThat(owner.column(String.class, STATE)).isEqualTo(before);
    }

    @Test
    void sourceMustExistWithTheRequiredColumns() throws SQLException {
        owner.script("create table public.legacy (profile_id uuid, vector varchar(20), step_index text)");

        assertThat(run(COMPLETIONS, Map.of()).error()).startsWith("ERROR: source is missing");
        assertThat(run(COMPLETIONS, Map.of("import.source", "legacy.nothing")).error()).startsWith("ERROR: table or view legacy.nothing does not exist");
        assertThat(run(COMPLETIONS, Map.of("import.source", "public.legacy")).error())
                .startsWith("ERROR: public.legacy lacks draft_skipped_at timestamptz, step_index integer, vector text, version text");
        assertThat(run(ACTION_LOGS, Map.of("import.source", "legacy.nothing")).error()).startsWith("ERROR: table or view legacy.nothing does not exist");
        assertThat(run(ACTION_LOGS, Map.of("import.source", "public.legacy")).error()).startsWith("ERROR: public.legacy lacks action_id text, ");
        assertThat(run(ACTION_LOGS, Map.of("import.source", "public.legacy", "import.apply", "true")).error()).startsWith("ERROR: apply is true");
    }

    @Test
    void actionLogsAreImportedOnce() throws SQLException {
        owner.script(LEGACY_ACTIONS);
        Map<String, String> dry = Map.of("import.source", "legacy.actions");
        Map<String, String> apply = Map.of("import.source", "legacy.actions", "import.apply", "yes", "import.batch", "5");

        assertThat(run(ACTION_LOGS, dry).of("rows to insert")).isEqualTo("IMPORT 12");
        assertThat(vectors.count("public.action_events")).as("events after the dry run").isEqualTo(3);
        assertThat(run(ACTION_LOGS, apply).lines()).last().isEqualTo("APPLIED   12 rows written");
        assertThat(vectors.count("public.action_events where metadata = '{}' and completed_at = '2025-05-01 12:00+00'")).isEqualTo(12);

        owner.script("insert into legacy.audit (player, what, done) values ('b0b00000-0000-4000-8000-00000000000b', 'apply_mind', now())");
        Outcome again = run(ACTION_LOGS, apply);

        assertThat(again.of("rows that were already imported")).isEqualTo("SKIP 12");
        assertThat(again.lines()).last().isEqualTo("APPLIED   1 rows written");
        assertThat(vectors.count("public.action_events")).isEqualTo(16);
    }

    @Test
    void invalidActionLogsAreReportedAndNotImported() throws SQLException {
        owner.script("""
                create table public.legacy as
                select gen_random_uuid() as id, e.action_id, e.profile_id, e.source, e.vector, e.qol_domain, e.selected_at, e.completed_at,
                    e.duration, e.mode, e.metadata
                from public.action_events as e, generate_series(1, 3);
                update public.legacy set duration = -1 where ctid = '(0,1)';
                update public.legacy set metadata = '[]' where ctid = '(0,2)';
                update public.legacy set completed_at = selected_at - interval '1 hour' where ctid = '(0,3)';
                update public.legacy set completed_at = now() + interval '1 day' where ctid = '(0,4)';
                update public.legacy set profile_id = id where ctid = '(0,5)';
                update public.legacy set action_id = '' where ctid = '(0,6)';
                update public.legacy set action_id = null where ctid = '(0,7)';
                update public.legacy set id = 'b0b00000-0000-4000-8000-0000000000e3', action_id = 'other' where ctid = '(0,8)';
                insert into public.legacy select * from public.legacy where ctid = '(0,9)'
                """);

        Outcome outcome = run(ACTION_LOGS, Map.of("import.source", "public.legacy", "import.apply", "yes"));

        assertThat(outcome.lines()).filteredOn(line -> line.startsWith("REFUSED")).hasSize(9).allMatch(line -> line.endsWith("  1"));
        assertThat(outcome.error()).startsWith("ERROR: 9 rows of the source are invalid; nothing was written");
        assertThat(vectors.count("public.action_events")).isEqualTo(3);
    }

    @Test
    void psqlPassesTheVariables() {
        owner.script(LEGACY_ACTIONS);

        assertThat(Psql.run(vectors.name(), ACTION_LOGS, "source=legacy.actions", "apply=yes", "batch=5").out()).endsWith("APPLIED   12 rows written\n");
        assertThat(Psql.run(vectors.name(), COMPLETIONS, "source=legacy.actions").status()).isEqualTo(3);
        assertThat(Psql.run(vectors.name(), BACKFILL, "batch=2").out()).startsWith("3 profiles, 0 rows added");
    }

    private Outcome run(Path script, Map<String, String> settings) throws SQLException {
        return Script.at(script).run(owner.connection(), settings);
    }
}
