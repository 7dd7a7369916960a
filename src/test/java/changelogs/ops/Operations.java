package changelogs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Fixture;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Provides a test class with a migrated database that holds the fixture of the system, and with the scripts of {@code ops/<system>},
 * including verify.sql. The tests share the database and roll back their changes.
 *
 * <pre>
 *     {@literal @}RegisterExtension
 *     static final Operations vectors = Operations.of("vectors");
 *
 *     {@literal @}TestFactory
 *     Stream&lt;DynamicTest&gt; verify() {
 *         return vectors.verifyFinds(DAMAGES);
 *     }
 * </pre>
 */
final class Operations implements BeforeAllCallback, AfterAllCallback {

    private static final String VERIFY = "verify.sql";

    private final String system;
    private String database;
    private Connection operator;

    private Operations(String system) {
        this.system = system;
    }

    static Operations of(String system) {
        return new Operations(system);
    }

    /** Migrates a database and loads the fixture. On a server too old for the system the class is skipped and there is nothing to close. */
    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        database = TestServer.get().migrated(system);
        try (Connection owner = login(Server.MIGRATOR); Statement statement = owner.createStatement()) {
            statement.execute(Fixture.of(system));
        }
        operator = login(Server.OPERATOR);
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        if (operator != null) {
            operator.close();
        }
        if (database != null) {
            TestServer.get().drop(database);
        }
    }

    /** Connection as the superuser of the hosting service, open while the class runs. */
    Connection operator() {
        return operator;
    }

    /** Opens a new connection; {@link Server#MIGRATOR} is the role that runs the changelog. */
    Connection login(String role) throws SQLException {
        return TestServer.get().server().connect(database, role);
    }

    /** Path of a script of the system. */
    Path script(String name) {
        return Path.of("ops", system, name);
    }

    Command.Result psql(String script, String... variables) {
        return Psql.run(database, script(script), variables);
    }

    Outcome verify() throws SQLException {
        return verifyAfter("select");
    }

    Outcome verifyAfter(String change) throws SQLException {
        return runAfter(change, VERIFY);
    }

    /** Output of a single-transaction script that runs after a change in the same transaction. */
    Outcome runAfter(String change, String script) throws SQLException {
        return Script.at(script(script)).runAfter(change, operator);
    }

    /**
     * Tests for the verify.sql of any system: it passes on a correct database, and each check finds and counts at least one kind of damage.
     */
    Stream<DynamicTest> verifyFinds(List<Damage> ofTheSystem) {
        List<Damage> damages = Stream.concat(ofTheSystem.stream(), damagesToTheChangelog()).toList();
        return Stream.concat(
                Stream.of(
                        DynamicTest.dynamicTest("passes on a correct database", this::verifyPasses),
                        DynamicTest.dynamicTest("passes in psql on a correct database", this::verifyPassesInPsql),
                        DynamicTest.dynamicTest("passes on a restored database", this::verifyPassesRestored),
                        DynamicTest.dynamicTest("fails in psql on a database without the changelog", this::verifyFailsUnmigrated),
                        DynamicTest.dynamicTest("each check has a kind of damage",
                                () -> assertThat(damages).extracting(Damage::check).containsAll(verify().passed()))),
                damages.stream().map(damage -> DynamicTest.dynamicTest("fails after damage: " + damage.check(), () -> verifyFinds(damage))));
    }

    private void verifyPasses() throws SQLException {
        Outcome outcome = verify();

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.lines()).noneMatch(line -> line.contains("FAIL") || line.startsWith("WARN"));
        assertThat(outcome.lines()).last().isEqualTo(outcome.passed().size() + " passed, 0 failed");
    }

    /** Damage to the objects that verify.sql compares with the changelog. */
    private Stream<Damage> damagesToTheChangelog() {
        return Stream.of(
                new Damage("every changeset is applied, or waits for an extension or context",
                        "delete from extensions.databasechangelog where id = '0001-safe-checks'", 1),
                new Damage("every changeset in the log exists in this commit", """
                        insert into extensions.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                        values ('9999-newer', '%1$s', '%1$s/9999', now(), 9999, 'EXECUTED')
                        """.formatted(system), 1),
                new Damage("functions, views, triggers and policies match the changelog", """
                        do $damage$
                        declare
                            change text;
                        begin
                            select regexp_replace(pg_get_functiondef(f.oid), '\\mbegin\\M', 'begin null;', 'i') into change
                            from pg_catalog.pg_proc as f
                            join pg_catalog.pg_language as l on l.oid = f.prolang
                            where f.pronamespace = 'private'::regnamespace and l.lanname = 'plpgsql'
                            order by f.proname
                            limit 1;
                            execute change;
                            select format('alter policy %I on %s using (%s and true)', p.polname, p.polrelid::regclass, pg_get_expr(p.polqual, p.polrelid))
                            into change
                            from pg_catalog.pg_policy as p
                            where p.polqual is not null
                            order by p.oid desc
                            limit 1;
                            execute change;
                        end
                        $damage$
                        """, 2));
    }

    /** Checks a restored dump: PostgreSQL prints a restored definition with fewer parentheses than the original. */
    private void verifyPassesRestored() throws SQLException {
        Outcome outcome = verifyAfter("""
                do $restore$
                declare
                    definition text;
                begin
                    for definition in
                        select format('alter policy %I on %s', p.polname, p.polrelid::regclass)
                            || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                            || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
                        from pg_catalog.pg_policy as p
                        union all
                        select format('create or replace view %s with (%s) as %s', c.oid::regclass, array_to_string(c.reloptions, ','), pg_get_viewdef(c.oid))
                        from pg_catalog.pg_class as c
                        where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace and c.reloptions is not null
                        union all
                        select replace(pg_get_triggerdef(t.oid), 'CREATE TRIGGER', 'CREATE OR REPLACE TRIGGER')
                        from pg_catalog.pg_trigger as t
                        where not t.tgisinternal and t.tgconstraint = 0
                    loop
                        execute definition;
                    end loop;
                end
                $restore$
                """);

        assertThat(outcome.lines()).noneMatch(line -> line.contains("FAIL"));
        assertThat(outcome.error()).isEmpty();
    }

    private void verifyPassesInPsql() {
        Command.Result result = psql(VERIFY);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).endsWith(" passed, 0 failed\n").doesNotContain("FAIL");
        assertThat(result.status()).isZero();
    }

    private void verifyFailsUnmigrated() {
        String unmigrated = TestServer.get().unmigrated(system);
        try {
            Command.Result result = Psql.run(unmigrated, script(VERIFY));

            assertThat(result.out()).contains("FAIL  ").endsWith(" failed\n");
            assertThat(result.status()).isEqualTo(3);
        } finally {
            TestServer.get().drop(unmigrated);
        }
    }

    private void verifyFinds(Damage damage) throws SQLException {
        Outcome outcome = verifyAfter(damage.sql());

        assertThat(outcome.of(damage.check())).as("%s, after: %s", damage.check(), damage.sql()).isEqualTo("FAIL " + damage.offenders());
        assertThat(outcome.error()).startsWith("ERROR: verify: ");
    }
}
