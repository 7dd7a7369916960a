package changelogs.systems;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Round trips fail for a changeset whose rollback leaves something behind or whose second update gives another catalog. */
class RoundTripTest {

    private static final String FIRST = Scratch.sql("first",
            "create table public.notes (body text); create function public.one() returns integer language sql return 1;",
            "drop function public.one(); drop table public.notes;");
    private static final String SECOND = Scratch.sql("second",
            "grant update (body) on public.notes to public;",
            "revoke update (body) on public.notes from public;");
    private static final String SHARED = Scratch.sql("shared", """
            create index found on public.notes (body);
            create policy read on public.notes for select to anon using (public.one() = 1);
            create function public.noted() returns trigger language plpgsql as $$ begin return new; end $$;
            create trigger watched before update on public.notes for each row execute function public.noted();
            """, """
            drop trigger watched on public.notes; drop function public.noted(); drop policy read on public.notes; drop index public.found;
            """);
    /** Sets a different comment on each run. */
    private static final String RESTLESS = Scratch.sql("restless",
            "do $$ begin execute format('comment on table public.notes is %L', clock_timestamp()); end $$;",
            "comment on table public.notes is null;");

    @TempDir
    Path folder;

    @RegisterExtension
    final Database database = Database.before("vectors");

    private Session operator;

    @BeforeEach
    void connect() {
        operator = database.operator();
    }

    @Test
    void reversibleChangesetsPass() {
        Changelog changelog = changelog(tagged("1", FIRST), tagged("2", SECOND));

        updateRollBackAndUpdate(changelog);
        changelog.rollbackCount(2);
        Tags tags = Tags.pass(changelog, operator);
        tags.rollBackToEach();
        tags.updateToEach();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "create index forgotten on public.notes (body)                                 | left over: index public.forgotten",
        "create policy forgotten on public.notes for select to anon using (true)       | left over: policy public.notes.forgotten",
        "revoke select on public.notes from anon                                       | changed: relation public.notes",
        "grant update (body) on public.notes to public                                 | changed: column public.notes.body",
        "comment on table public.notes is 'Notes.'                                     | changed: relation public.notes",
        "comment on column public.notes.body is 'Text.'                                | changed: column public.notes.body",
        "alter table public.notes enable row level security                            | changed: relation public.notes",
        "alter table public.notes drop column body                                     | missing: column public.notes.body",
        "create or replace function public.one() returns integer language sql return 2 | changed: function one()"})
    void objectLeftByARollbackIsFound(String change, String difference) {
        Changelog changelog = changelog(tagged("1", FIRST), Scratch.sql("forgetful", change, "select 1"));

        assertThatThrownBy(() -> updateRollBackAndUpdate(changelog)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after the rollback of changelog.yaml::forgetful::test").hasMessageContaining(difference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "grant select on public.game_profiles to public                                | changed: relation public.game_profiles",
        "comment on column public.game_profiles.user_id is 'Somebody.'                 | changed: column public.game_profiles.user_id",
        "alter table public.game_profiles disable row level security                   | changed: relation public.game_profiles",
        "drop trigger watched on public.notes                                          | missing: trigger public.notes.watched",
        "alter table public.notes disable trigger watched                              | changed: trigger public.notes.watched",
        "drop policy read on public.notes                                              | missing: policy public.notes.read",
        "drop index public.found; create index found on public.notes (lower(body))     | changed: index public.found",
        "alter table public.notes rename column body to text                           | changed: index public.found",
        "alter function public.one() rename to uno                                     | changed: policy public.notes.read",
        "create or replace function public.one() returns integer language sql return 2 | changed: function one()",
        "alter function public.one() owner to supabase_admin                           | changed: function one()",
        "alter default privileges in schema public grant select on tables to public    | changed: default privileges",
        "alter role anon in database DATABASE set work_mem = '8MB'                     | left over: setting anon",
        "create schema forgotten                                                       | left over: schema forgotten",
        "create publication forgotten for table public.notes                           | left over: publication forgotten"})
    void changeOfAnotherObjectByARollbackIsFound(String meddling, String difference) {
        // The role that runs rollbacks may not execute some of these statements, so an operator's function does.
        operator.script("create function public.as_operator(text) returns void language plpgsql security definer as $$ begin execute $1; end $$");
        String rollback = "select public.as_operator($$%s$$); drop view public.seen;".formatted(meddling.replace("DATABASE", database.name()));
        Changelog changelog = changelog(tagged("1", FIRST), tagged("2", SHARED),
                Scratch.sql("meddler", "create view public.seen as select 1 as one", rollback), SECOND);

        assertThatThrownBy(() -> updateRollBackAndUpdate(changelog)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after the rollback of changelog.yaml::meddler::test").hasMessageContaining(difference);
    }

    @Test
    void changesetThatDiffersOnTheSecondUpdateIsFound() {
        Changelog changelog = changelog(FIRST, RESTLESS);

        assertThatThrownBy(() -> updateRollBackAndUpdate(changelog)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after changelog.yaml::restless::test was applied again").hasMessageContaining("changed: relation public.notes");
    }

    @Test
    void rollbackThatDoesNotRestoreATagIsFound() {
        Changelog changelog = changelog(tagged("1", FIRST), Scratch.sql("forgetful", "create table public.forgotten ()", "select 1"));
        Tags tags = Tags.pass(changelog, operator);

        assertThatThrownBy(tags::rollBackToEach).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after the rollback to tag 1").hasMessageContaining("left over: relation public.forgotten");
    }

    @Test
    void updateToATagThatDiffersIsFound() {
        Tags tags = Tags.pass(changelog(tagged("1", FIRST), tagged("2", RESTLESS)), operator);
        tags.rollBackToEach();

        assertThatThrownBy(tags::updateToEach).isInstanceOf(AssertionError.class)
                .hasMessageContaining("after the update to tag 2").hasMessageContaining("changed: relation public.notes");
    }

    private void updateRollBackAndUpdate(Changelog changelog) {
        RoundTrip trip = RoundTrip.begin(changelog, operator);
        trip.rollBackEach();
        trip.reapplyEach();
    }

    private Changelog changelog(String... changesets) {
        return Scratch.changelog(folder, database.name(), changesets).readOnce();
    }

    private static String tagged(String tag, String changeset) {
        return changeset.replace("    changes:\n", """
                    changes:
                        - tagDatabase:
                            tag: "%s"
                            keepTagOnRollback: true
                """.formatted(tag));
    }
}
