package changelogs.connect;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The eleven columns on public.users are added if missing and left unchanged if present. */
class AstroFieldsTest {

    private static final String CHANGELOG = "changelog/connect/changelog.yaml";
    private static final String ADDED = """
            select attname::text from pg_attribute
            where attrelid = 'public.users'::regclass and not attisdropped and col_description(attrelid, attnum) like '%Added by the changelog connect.'
            """;

    @RegisterExtension
    final Database connect = Database.before("connect");

    @Test
    void columnsHaveTheirTypesAndDefaults() {
        astro();

        assertThat(connect.operator().column(String.class, """
                select concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), case when a.attnotnull then 'not null' end)
                from pg_attribute as a
                left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
                where a.attrelid = 'public.users'::regclass and a.attname ~ '^(birth_[^dt]|birth_time_|astrology|human_design|hd_)'
                order by a.attnum
                """)).containsExactly("birth_time_known boolean false", "birth_city text", "birth_country text", "birth_latitude numeric(10,7)",
                        "birth_longitude numeric(10,7)", "astrology_enabled boolean false", "human_design_enabled boolean false",
                        "hd_type text", "hd_profile text", "hd_authority text", "hd_strategy text");
    }

    @Test
    void tableIsNotRewrittenAndUsersKeepTheirData() {
        Pair.people(connect);
        Session operator = connect.operator();
        Long file = operator.value(Long.class, "select pg_relation_filenode('public.users')");

        astro();

        assertThat(operator.value(Long.class, "select pg_relation_filenode('public.users')")).isEqualTo(file);
        assertThat(connect.as(ALICE).rows("select display_name, birth_time_known from public.users")).singleElement()
                .satisfies(alice -> assertThat(alice).containsEntry("display_name", "Alice").containsEntry("birth_time_known", false));
    }

    @Test
    void usersWriteOnlyTheirBirthplace() {
        Pair.people(connect);
        astro();

        assertThat(connect.as(ALICE).update("update public.users set birth_city = 'Lisboa', birth_latitude = 38.7222524, birth_longitude = -9.1393366")).isOne();

        assertThat(connect.operator().value(Long.class, "select count(*) from public.users where birth_city is not null")).isOne();
    }

    @Test
    void invalidCoordinatesAreRejected() {
        Pair.people(connect);
        astro();

        for (String assignment : List.of("birth_longitude = 999.5", "birth_longitude = -180.1", "birth_latitude = 90.0000001", "birth_latitude = -91", "hd_type = repeat('x', 201)")) {
            assertThatThrownBy(() -> connect.as(BOB).update("update public.users set " + assignment)).as(assignment).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void existingInvalidCoordinatesDoNotStopTheUpdateAndNewOnesAreChecked() {
        connect.owner().script("alter table public.users add column birth_longitude numeric(10, 7)");
        Pair.people(connect);
        connect.operator().update("update public.users set birth_longitude = 999.5 where id = ?", BOB.account());

        connect.changelog().update();

        assertThat(connect.operator().value(Object.class, "select birth_longitude from public.users where id = ?", BOB.account())).hasToString("999.5000000");
        assertThat(connect.operator().column(Boolean.class, "select convalidated from pg_constraint where conname like 'users_birth_%_range'"))
                .as("ranges validated").containsExactly(false, false);
        assertThatThrownBy(() -> connect.as(ALICE).update("update public.users set birth_longitude = 181")).is(sqlState(CHECK_VIOLATION));
        connect.operator().update("update public.users set birth_longitude = 99.5 where id = ?", BOB.account());
        connect.owner().script("alter table public.users validate constraint users_birth_latitude_range, validate constraint users_birth_longitude_range");
    }

    @Test
    void columnOfAnotherTypeIsReportedWithBothTypes() {
        Session operator = connect.operator();
        connect.owner().script("alter table public.users add column birth_latitude text, add column astrology_enabled integer");

        assertThatThrownBy(() -> connect.changelog().update()).isInstanceOf(LiquibaseFailed.class)
                .hasMessageContaining("birth_latitude is text, should be numeric(10,7)").hasMessageContaining("astrology_enabled is integer, should be boolean");

        assertThat(operator.column(String.class, ADDED)).isEmpty();
    }

    @Test
    void rollbackKeepsColumnsThatExistedBefore() {
        connect.owner().script("""
                alter table public.users add column birth_city text, add column hd_type text default 'unknown';
                comment on column public.users.birth_city is 'As the product has it.';
                """);
        Pair.people(connect);
        connect.operator().update("update public.users set birth_city = 'Lisboa'");
        Catalog before = Catalog.of(connect.operator());

        connect.changelog().update();
        assertThat(connect.operator().column(String.class, ADDED)).hasSize(9).doesNotContain("birth_city", "hd_type");
        connect.changelog().rollbackCount(connect.changelog().changesets());

        assertThat(Catalog.of(connect.operator()).objects()).isEqualTo(before.objects());
        assertThat(connect.operator().value(Long.class, "select count(*) from public.users where birth_city = 'Lisboa'")).isEqualTo(3);
    }

    @Test
    void rollbackDropsNoColumnIfOneHoldsData() {
        Pair.people(connect);
        astro();
        for (var held : Map.of("hd_strategy", "'wait'", "birth_time_known", "true", "birth_latitude", "0").entrySet()) {
            String column = held.getKey();
            connect.operator().update("update public.users set " + column + " = " + held.getValue() + " where id = ?", ALICE.account());

            assertThatThrownBy(() -> connect.changelog().rollbackToTag("0000")).isInstanceOf(LiquibaseFailed.class)
                    .hasMessageContaining("public.users." + column + " holds data").hasMessageContaining("-DallowDataLoss=true");

            assertThat(connect.operator().column(String.class, ADDED)).hasSize(11);
            astro();
            connect.operator().update("update public.users set " + column + " = default");
        }
    }

    @Test
    void rollbackDropsColumnsWithDataIfDataLossIsAllowed() {
        Pair.people(connect);
        astro();
        connect.operator().update("update public.users set hd_strategy = 'wait'");

        connect.changelog().allowingDataLoss().rollbackToTag("0000");

        assertThat(connect.operator().column(String.class, ADDED)).isEmpty();
    }

    @Test
    void defaultValuesDoNotCountAsData() {
        Pair.people(connect);
        astro();

        connect.changelog().rollbackToTag("0000");

        assertThat(connect.operator().column(String.class, ADDED)).isEmpty();
        assertThat(connect.count("public.users")).isEqualTo(3);
    }

    @Test
    void updateFailsAfterALockTimeoutIfTheTableIsInUse(@TempDir Path folder) throws Exception {
        Changelog impatient = Changelog.at(impatient(folder), CHANGELOG, connect.name()).in("production");
        Session reader = connect.operator();
        reader.connection().setAutoCommit(false);
        try (var statement = reader.connection().createStatement()) {
            statement.execute("lock table public.users in access share mode");
        }

        CompletableFuture<Void> run = Meanwhile.run(impatient::update);

        assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS)).hasMessageContaining("lock timeout");
        reader.connection().rollback();
        impatient.update();
        assertThat(connect.operator().column(String.class, ADDED)).hasSize(11);
    }

    /** A copy of the changelog with lock timeouts of a fraction of a second instead of seconds. */
    private static Path impatient(Path folder) throws IOException {
        for (Path part : List.of(Path.of(CHANGELOG).getParent(), Path.of("changelog/shared"))) {
            try (Stream<Path> files = Files.walk(part)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(folder.resolve(file).getParent());
                    Files.writeString(folder.resolve(file), Files.readString(file).replace("lock_timeout = '5s'", "lock_timeout = '200ms'"));
                }
            }
        }
        return folder;
    }

    private void astro() {
        connect.changelog().updateToTag("0001");
    }
}
