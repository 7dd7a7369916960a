package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** psql runs the file that {@code updateSQL} writes, with the same result as update. */
class UpdateSqlTest {

    private static final String LOG = """
            select id, author, filename, orderexecuted, exectype, md5sum, description, comments, tag, liquibase, contexts, labels
            from extensions.databasechangelog
            order by orderexecuted
            """;
    /** Row counts of all tables in the schemas of the changelogs. */
    private static final String ROWS = """
            select c.oid::regclass::text || ': ' || (xpath('//n/text()', query_to_xml('select count(*) as n from ' || c.oid::regclass, false, false, '')))[1]
            from pg_catalog.pg_class as c
            where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
            order by 1
            """;

    @TempDir
    Path folder;

    static Stream<Arguments> changelogs() {
        return Stream.concat(Changelog.systems().stream().map(system -> Arguments.of(system, "local")),
                Stream.of(Arguments.of("polaris", "local,adyen")));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("changelogs")
    void fileMakesTheSameCatalogAndTheSameLogAsUpdate(String system, String contexts) throws IOException {
        try (Database ofTheFile = Database.open(system);
                Database ofUpdate = contexts.equals("local") ? Database.openMigrated(system) : Database.open(system)) {
            Command.Result result = Psql.run(ofTheFile.name(), written(ofTheFile, "updateSql", contexts));
            ofUpdate.changelog().in(contexts).update();

            assertThat(result.err()).doesNotContain("ERROR");
            assertThat(result.status()).isZero();
            assertThat(Catalog.of(ofTheFile.operator()).differencesFrom(Catalog.of(ofUpdate.operator()))).isEmpty();
            assertThat(ofTheFile.operator().rows(LOG)).isEqualTo(ofUpdate.operator().rows(LOG));
            assertThat(ofTheFile.operator().column(String.class, ROWS)).isEqualTo(ofUpdate.operator().column(String.class, ROWS));
        }
    }

    @Test
    void changesetMarkedByUpdateIsOnlyMarkedByTheFile() throws IOException {
        try (Database vectors = Database.open("vectors")) {
            vectors.owner().script("create index by_user on public.game_profiles (user_id)");
            Psql.run(vectors.name(), written(vectors, "updateSql", "local"));

            assertThat(vectors.operator().column(String.class, "select exectype from " + Changelog.LOG + " where id = '0003-game-profiles-user-index'"))
                    .containsExactly("MARK_RAN");
            assertThat(vectors.count("pg_class where relname = 'idx_game_profiles_user_id_vectors'")).isZero();
        }
    }

    @Test
    void noFileIsWrittenForTheDatabaseOfAnotherSystem() {
        try (Database vectors = Database.openMigrated("vectors")) {
            Changelog other = new Changelog("describe-it", vectors.name());

            assertThatThrownBy(() -> other.run("updateSql", Map.of())).hasMessageContaining("This database carries the changelog of another system");
        }
    }

    @Test
    void secondRunOfTheFileChangesNothing() throws IOException {
        try (Database vectors = Database.open("vectors")) {
            vectors.changelog().updateToTag("0001");
            Path file = written(vectors, "updateSql", "local");
            Psql.run(vectors.name(), file);
            List<Map<String, Object>> log = vectors.operator().rows(LOG);

            Command.Result again = Psql.run(vectors.name(), file);

            assertThat(again.err()).contains("The log has changed since this file was written");
            assertThat(again.status()).isEqualTo(3);
            assertThat(vectors.operator().rows(LOG)).isEqualTo(log);
        }
    }

    @Test
    void fileFailsWhileARunHoldsTheChangelogLock() throws IOException {
        try (Database vectors = Database.open("vectors")) {
            Path file = written(vectors, "updateSql", "local");
            vectors.owner().value(Object.class, "select pg_advisory_lock(?, ?)", "databasechangeloglock".hashCode(), "public".hashCode());

            Command.Result result = Psql.run(vectors.name(), file);

            assertThat(result.err()).contains("Another run holds the changelog lock");
            assertThat(result.status()).isEqualTo(3);
            assertThat(vectors.count("pg_class where relname = 'vector_progress'")).isZero();
        }
    }

    @Test
    void failingChangesetIsRolledBack() throws IOException {
        try (Database vectors = Database.open("vectors")) {
            Path file = written(vectors, "updateSql", "local");
            Files.writeString(file, Files.readString(file).replace("'0002-action-events'", "repeat('x', 300)"));

            Command.Result result = Psql.run(vectors.name(), file);

            assertThat(result.status()).isEqualTo(3);
            assertThat(vectors.operator().value(String.class, "select id from " + Changelog.LOG + " order by orderexecuted desc limit 1"))
                    .isEqualTo("0002-safe-checks");
            assertThat(vectors.count("pg_class where relname = 'action_events'")).isZero();
        }
    }

    @Test
    void rollbackFileRollsBackToItsTag() throws IOException {
        try (Database vectors = Database.openMigrated("vectors")) {
            Path file = written(vectors, "rollbackSql", "local", Map.of("tag", "0002"));
            Database byRollback = vectors.copy();
            Command.Result result = Psql.run(vectors.name(), file);
            byRollback.changelog().rollbackToTag("0002");

            assertThat(result.err()).doesNotContain("ERROR");
            assertThat(result.status()).isZero();
            assertThat(Catalog.of(vectors.operator()).differencesFrom(Catalog.of(byRollback.operator()))).isEmpty();
            assertThat(vectors.operator().rows(LOG)).isEqualTo(byRollback.operator().rows(LOG));
            byRollback.close();
        }
    }

    private Path written(Database database, String command, String contexts) throws IOException {
        return written(database, command, contexts, Map.of());
    }

    private Path written(Database database, String command, String contexts, Map<String, Object> arguments) throws IOException {
        Path file = folder.resolve(command + ".sql");
        try (OutputStream out = Files.newOutputStream(file)) {
            database.changelog().in(contexts).run(command, arguments, out);
        }
        return file;
    }
}
