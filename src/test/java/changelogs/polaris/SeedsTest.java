package changelogs.polaris;

import static changelogs.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Await;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.State;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Seed rows are inserted only if absent, and rollback deletes them only if unchanged and unused. */
class SeedsTest {

    private static final int COACHES = 10;
    private static final int DRILLS = 32;

    /** Migrated up to 0002, whose tables come after the seed rows. */
    @RegisterExtension
    final Database polaris = Database.ofItsOwn(State.upTo("0002", "polaris", "local"));

    private Session owner;
    private Changelog changelog;

    @BeforeEach
    void useContent() {
        use(polaris);
    }

    private void use(Database database) {
        owner = database.owner();
        changelog = database.changelog().readOnce();
    }

    /** Rolls back the changesets after this one. */
    private void goBackTo(String id) {
        int above = owner.value(Long.class, """
                select count(*)
                from extensions.databasechangelog as l
                where l.orderexecuted > (select max(seed.orderexecuted) from extensions.databasechangelog as seed where seed.id = ?)
                """, id).intValue();
        changelog.rollbackCount(above);
    }

    /** Runs the changeset a second time. */
    private void forgetAndRepeat(String id) {
        owner.update("delete from extensions.databasechangelog where id = ?", id);
        changelog.update();
    }

    private long count(String table) {
        return owner.value(Long.class, "select count(*) from public." + table);
    }

    @Test
    void everyCoachHasAllColumnsAndSeveralTypesOfDrills() {
        assertThat(count("coaches")).isEqualTo(COACHES);
        assertThat(count("drills")).isEqualTo(DRILLS);
        assertThat(owner.rows("""
                select c.key
                from public.coaches as c
                where c.tagline is null or c.audience is null or c.benefits is null or c.tools = '{}'
                    or (select count(*) from public.drills as d where d.coach_key = c.key and d.state = 'published') < 3
                    or (select count(distinct d.type) from public.drills as d where d.coach_key = c.key) < 2
                    or (select count(distinct d.difficulty) from public.drills as d where d.coach_key = c.key) < 2
                """)).as("incomplete coaches").isEmpty();
        assertThat(owner.rows("select from public.audit_logs")).as("audit log of the seed").isEmpty();
        assertThat(owner.rows("select from pg_class where relname like 'seed\\_%'")).as("temporary tables left over").isEmpty();
    }

    @Test
    void productionGetsCoachesButNoDrills() {
        try (Database database = Database.open("polaris")) {
            use(database);
            changelog = changelog.in("production");

            changelog.updateToTag("0002");

            assertThat(count("coaches")).isEqualTo(COACHES);
            assertThat(count("drills")).isZero();
            assertThat(owner.value(String.class, "select tag from extensions.databasechangelog where id like '0001-%' and tag is not null")).isEqualTo("0001");
        }
    }

    @Test
    void secondSeedRunKeepsValuesSetByAnOperator() {
        try (Database database = Database.openMigrated("polaris")) {
            use(database);
            owner.update("update public.limits set value = 60 where key = 'free_minutes_daily'");
            owner.update("update public.coaches set tagline = 'Ours' where key = 'interview'");
            owner.update("update public.drills set title = 'Ours' where slug = 'interview-tell-me-about-yourself'");
            owner.update("update public.settings set value = '{\"events\": 5}' where key = 'hourly_budgets'");

            forgetAndRepeat("0017-seed-limits");
            forgetAndRepeat("0001-seed-coaches");
            forgetAndRepeat("0001-seed-hourly-budgets");
            forgetAndRepeat("0001-seed-drills");

            assertThat(owner.rows("select key, value::integer from public.limits order by key"))
                    .containsExactly(row("key", "free_minutes_daily", "value", 60), row("key", "pro_minutes_daily", "value", 30));
            assertThat(owner.value(String.class, "select tagline from public.coaches where key = 'interview'")).isEqualTo("Ours");
            assertThat(owner.value(Integer.class, "select (value ->> 'events')::integer from public.settings where key = 'hourly_budgets'")).isEqualTo(5);
            assertThat(owner.value(String.class, "select title from public.drills where slug = 'interview-tell-me-about-yourself'")).isEqualTo("Ours");
            assertThat(count("coaches")).isEqualTo(COACHES);
            assertThat(count("drills")).isEqualTo(DRILLS);
        }
    }

    @Test
    void rollbackDeletesUnchangedSeedRows() {
        goBackTo("0001-seed-drills");

        changelog.rollbackCount(3);

        assertThat(count("drills") + count("coaches") + count("settings")).isZero();
    }

    @Test
    void rollbackKeepsChangedAddedAndUsedRows() {
        goBackTo("0001-seed-drills");
        owner.update("update public.drills set prompt = 'Ours' where slug = 'small-talk-leave-a-conversation'");
        owner.update("insert into public.drills (slug, coach_key, type, title, prompt) values ('ours', 'writing', 'qbank', 'Ours', 'Ours')");
        owner.update("update public.coaches set is_active = false where key = 'interview'");
        owner.update("insert into public.coaches (key, display_name) values ('ours', 'Ours')");
        owner.update("insert into public.rubrics (coach_key, title, spec) values ('leadership', 'Ours', '{}')");
        owner.update("update public.settings set value = '{\"events\": 5}' where key = 'hourly_budgets'");

        changelog.rollbackCount(3);

        assertThat(owner.column(String.class, "select slug from public.drills order by slug")).containsExactly("ours", "small-talk-leave-a-conversation");
        assertThat(owner.column(String.class, "select key from public.coaches order by key"))
                .containsExactly("interview", "leadership", "ours", "small_talk", "writing");
        assertThat(owner.column(String.class, "select key from public.settings")).containsExactly("hourly_budgets");
    }

    @Test
    void limitSetByAnOperatorStopsRollbackOfTheTable() {
        try (Database database = Database.openMigrated(State.upTo("0017", "polaris", "local"))) {
            use(database);
            owner.update("update public.limits set value = 60 where key = 'free_minutes_daily'");
            int count = owner.value(Long.class, "select count(*) from extensions.databasechangelog where id like '0017-%'").intValue();

            assertThatThrownBy(() -> changelog.rollbackCount(count)).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("public.limits holds data");

            assertThat(owner.column(String.class, "select key from public.limits")).containsExactly("free_minutes_daily");
        }
    }

    @Test
    void updateSqlFileInsertsTheSameSeedRows() {
        goBackTo("0001-job-runs-job-started-at-index");
        ByteArrayOutputStream sql = new ByteArrayOutputStream();

        changelog.run("updateCountSql", Map.of("count", 3), sql);

        String written = sql.toString(StandardCharsets.UTF_8);
        assertThat(written).contains("create temporary table seed_coaches", "Interview coach", "hourly_budgets", "create temporary table seed_drills");
        // If another command starts in this process, Liquibase does not release the lock; it ends with the session, shortly after the run.
        Await.until("the changelog lock is free", () -> owner.rows("select from pg_catalog.pg_locks where locktype = 'advisory'"
                + " and database = (select oid from pg_catalog.pg_database where datname = current_database())").isEmpty());
        owner.script(written);
        assertThat(count("coaches")).isEqualTo(COACHES);
        assertThat(count("drills")).isEqualTo(DRILLS);
    }
}
