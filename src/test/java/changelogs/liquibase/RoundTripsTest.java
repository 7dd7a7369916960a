package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Changelog;
import changelogs.testing.Database;
import changelogs.testing.Scratch;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Number of round trips of a run, which determines its time over a network. */
@Isolated("Other tests would slow down the measurement.")
class RoundTripsTest {

    /** Set -Dtrips.changesets=300 -Dtrips.delay=30, for example, to measure a run over the internet. */
    private static final int CHANGESETS = Integer.getInteger("trips.changesets", 20);
    private static final Duration DELAY = Duration.ofMillis(Integer.getInteger("trips.delay", 2));
    private static final int FEW = 3;

    @RegisterExtension
    final Database database = Database.before("vectors");

    @TempDir
    Path folder;

    @Test
    void changesetTakesOneRoundTrip() {
        assertThat(tripsEach(RoundTripsTest::plain)).isEqualTo(new Trips(1, 1));
    }

    @Test
    void tableWithRemarksAndSqlTakesOneRoundTrip() {
        assertThat(tripsEach(RoundTripsTest::table)).isEqualTo(new Trips(1, 1));
    }

    @Test
    void changesetWithAPreconditionTakesTwoRoundTrips() {
        assertThat(tripsEach(RoundTripsTest::guarded)).isEqualTo(new Trips(2, 1));
    }

    @Test
    void runNeedsFarFewerRoundTripsThanPlainLiquibase() {
        write(RoundTripsTest::plain, CHANGESETS);
        try (Wire wire = new Wire(TestServer.get().server(), DELAY)) {
            Changelog changelog = Changelog.atUrl(folder, Scratch.FILE, wire.url(database.name()));
            Cost ours = cost(wire, changelog::update);
            Cost oursBack = cost(wire, () -> changelog.rollbackCount(CHANGESETS));
            Cost plain = cost(wire, () -> PlainLiquibase.run(changelog, wire.url(database.name()), "update", Map.of()));
            Cost plainBack = cost(wire, () -> PlainLiquibase.run(changelog, wire.url(database.name()), "rollbackCount", Map.of("count", CHANGESETS)));

            System.out.printf("%d changesets with %d ms per round trip: update %s, rollback %s; plain Liquibase: update %s, rollback %s%n",
                    CHANGESETS, DELAY.toMillis(), ours, oursBack, plain, plainBack);
            assertThat(ours.trips()).isLessThan(plain.trips() / 2);
            assertThat(oursBack.trips()).isLessThan(plainBack.trips() / 2);
        }
    }

    private Trips tripsEach(IntFunction<String> changeSet) {
        try (Wire wire = new Wire(TestServer.get().server(), Duration.ZERO)) {
            Changelog changelog = Changelog.atUrl(folder, Scratch.FILE, wire.url(database.name()));
            write(changeSet, 1);
            changelog.update();
            write(changeSet, 1 + FEW);
            int few = cost(wire, changelog::update).trips();
            int fewBack = cost(wire, () -> changelog.rollbackCount(FEW)).trips();
            write(changeSet, 1 + FEW + CHANGESETS);
            int many = cost(wire, changelog::update).trips();
            int manyBack = cost(wire, () -> changelog.rollbackCount(FEW + CHANGESETS)).trips();
            System.out.printf("Round trips: update %d plus %s per changeset; rollback %d plus %s%n",
                    few - FEW * (many - few) / CHANGESETS, (many - few) / (double) CHANGESETS,
                    fewBack - FEW * (manyBack - fewBack) / CHANGESETS, (manyBack - fewBack) / (double) CHANGESETS);
            return new Trips((many - few) / (double) CHANGESETS, (manyBack - fewBack) / (double) CHANGESETS);
        }
    }

    private static Cost cost(Wire wire, Runnable run) {
        int before = wire.trips();
        Instant start = Instant.now();
        run.run();
        return new Cost(wire.trips() - before, Duration.between(start, Instant.now()));
    }

    private void write(IntFunction<String> changeSet, int count) {
        Scratch.write(folder, IntStream.range(0, count).mapToObj(changeSet).toArray(String[]::new));
    }

    private static String plain(int i) {
        return Scratch.sql("n" + i, "create table public.n_%1$d (id integer);\ncomment on table public.n_%1$d is 'A table.';".formatted(i),
                "drop table public.n_" + i);
    }

    private static String table(int i) {
        return """
                  - changeSet:
                      id: "n%1$d"
                      author: test
                      changes:
                        - createTable:
                            schemaName: public
                            tableName: n_%1$d
                            remarks: A table.
                            columns:
                              - column:
                                  name: id
                                  type: uuid
                                  defaultValueComputed: gen_random_uuid()
                                  remarks: Primary key.
                                  constraints:
                                    nullable: false
                                    primaryKey: true
                              - column:
                                  name: label
                                  type: text
                                  remarks: Text of the note.
                              - column:
                                  name: at
                                  type: timestamptz
                                  remarks: Time of the note.
                        - sql:
                            splitStatements: false
                            sql: |-
                              alter table public.n_%1$d enable row level security;
                              revoke all on table public.n_%1$d from public, anon;
                      rollback:
                        - sql:
                            sql: |-
                              select 1;
                        - dropTable:
                            schemaName: public
                            tableName: n_%1$d
                """.formatted(i);
    }

    private static String guarded(int i) {
        return """
                  - changeSet:
                      id: "n%1$d"
                      author: test
                      preConditions:
                        - onFail: HALT
                        - sqlCheck:
                            expectedResult: "0"
                            sql: |-
                              select count(*)
                              from pg_catalog.pg_class as c
                              where c.oid = to_regclass('public.n_%1$d')
                      changes:
                        - sql:
                            sql: |-
                              create table public.n_%1$d ();
                      rollback:
                        - sql:
                            sql: |-
                              drop table public.n_%1$d;
                """.formatted(i);
    }

    private record Trips(double forward, double back) {
    }

    private record Cost(int trips, Duration time) {

        @Override
        public String toString() {
            return trips + " round trips in " + time.toMillis() / 1000.0 + " s";
        }
    }
}
