package changelogs.describeit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An update of an unexpected database fails, names the fix and changes nothing. */
class SafeChecksTest {

    @RegisterExtension
    final Database describeIt = Database.before("describe-it");

    private record Obstacle(String made, String removed, String message) {
    }

    private static final List<Obstacle> OBSTACLES = List.of(
            new Obstacle("alter table public.users rename to people", "alter table public.people rename to users", "Missing: table public.users."),
            new Obstacle("alter table public.sessions rename to visits; create view public.sessions as select * from public.visits",
                    "drop view public.sessions; alter table public.visits rename to sessions", "Missing: table public.sessions."),
            new Obstacle("alter table public.learning_progress rename to lp", "alter table public.lp rename to learning_progress",
                    "Missing: table public.learning_progress."),
            new Obstacle("alter table public.users rename column created_at to born_at", "alter table public.users rename column born_at to created_at",
                    "Missing: column public.users.created_at timestamptz."),
            new Obstacle("alter table public.sessions rename column qa_correct to correct", "alter table public.sessions rename column correct to qa_correct",
                    "Missing: column public.sessions.qa_correct integer."),
            new Obstacle("alter table public.sessions alter duration_minutes type numeric", "alter table public.sessions alter duration_minutes type integer",
                    "Missing: column public.sessions.duration_minutes integer."),
            new Obstacle("create table public.export_history (id integer)", "drop table public.export_history", "In the way: public.export_history."));

    @Test
    void missingAndConflictingObjectsAreReportedAndNothingIsCreated() {
        Session owner = describeIt.owner();
        Session operator = describeIt.operator();
        for (Obstacle obstacle : OBSTACLES) {
            owner.script(obstacle.made());
            Catalog before = Catalog.of(operator);

            assertThatThrownBy(() -> describeIt.changelog().update()).as(obstacle.made()).isInstanceOf(LiquibaseFailed.class)
                    .hasMessageContaining(obstacle.message());

            assertThat(Catalog.of(operator)).isEqualTo(before);
            assertThat(operator.rows("select from " + Changelog.LOG + " where id ~ '^0001'")).isEmpty();
            owner.script(obstacle.removed() + "; drop table extensions.databasechangelog");
        }
        describeIt.changelog().update();
    }

    @Test
    void databaseOfAnotherSystemIsRejectedByEveryCommand() {
        describeIt.changelog().updateCount(1);
        describeIt.owner().update("""
                insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                values ('0001-init', 'polaris', 'x', now(), 0, 'EXECUTED')
                """);

        assertThatThrownBy(() -> describeIt.changelog().status()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("another system").hasMessageContaining("DESCRIBE_IT_STAGING_DB_URL");
        assertThatThrownBy(() -> describeIt.changelog().rollbackCount(1)).hasMessageContaining("another system");
    }

    @Test
    void adoptingExistingObjectsChangesNothing() {
        describeIt.changelog().update();
        Session operator = describeIt.operator();
        operator.script("drop table extensions.databasechangelog");
        Catalog before = Catalog.of(operator);

        describeIt.changelog().changelogSync();
        describeIt.changelog().update();

        assertThat(Catalog.of(operator)).isEqualTo(before);
    }
}
