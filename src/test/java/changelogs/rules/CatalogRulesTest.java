package changelogs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.rules.CatalogRules.Catalog;
import changelogs.server.Server;
import changelogs.testing.Changelog;
import changelogs.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Migrated databases comply with the catalog rules, and each rule reports its violation. */
class CatalogRulesTest {

    /** Rules that report objects whose names cannot be chosen. */
    private static final Set<String> NAMED_OTHERWISE = Set.of("private-schema-closed", "extension-schema", "log-schema");

    private static final TestServer SERVER = TestServer.get();

    static List<String> systems() {
        return Changelog.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void migratedDatabaseKeepsTheRules(String system) throws SQLException {
        Catalog before = in(SERVER.unmigrated(system), Catalog::of);
        Catalog after = in(SERVER.migrated(system), Catalog::of);

        List<Rule.Finding> findings = Rule.findings(Rules.CATALOG, after.without(before));

        assertThat(findings).withFailMessage(() -> Rule.describe(findings)).isEmpty();
    }

    /** Each case is a transaction in one database that is rolled back. */
    @TestFactory
    Stream<DynamicTest> onlyTheBrokenRuleIsReported() throws SQLException {
        String database = SERVER.migrated("vectors");
        Connection connection = SERVER.server().connect(database, Server.OPERATOR);
        connection.setAutoCommit(false);
        Catalog before = Catalog.of(connection);
        connection.rollback();
        return BrokenCatalogs.ALL.stream().map(broken -> DynamicTest.dynamicTest(broken.toString(), () -> {
            SERVER.needs(broken.sql().contains("security_invoker") ? 15 : 14, "the option security_invoker");
            List<Rule.Finding> findings;
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local role " + Server.MIGRATOR);
                statement.execute(broken.sql());
                statement.execute("reset role");
                statement.execute(broken.operatorSql());
                findings = Rule.findings(Rules.CATALOG, Catalog.of(connection).without(before));
            } finally {
                connection.rollback();
            }

            assertThat(findings).extracting(Rule.Finding::name).as(() -> Rule.describe(findings)).isNotEmpty().containsOnly(broken.rule());
            if (!NAMED_OTHERWISE.contains(broken.rule())) {
                assertThat(findings).extracting(Rule.Finding::place)
                        .allSatisfy(place -> assertThat(place).contains("bad").doesNotContain("good"));
            }
        })).onClose(() -> close(connection, database));
    }

    private static void close(Connection connection, String database) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        SERVER.drop(database);
    }

    private interface Look<T> {
        T at(Connection connection) throws SQLException;
    }

    private static <T> T in(String database, Look<T> look) throws SQLException {
        try (Connection connection = SERVER.server().connect(database, Server.MIGRATOR)) {
            return look.at(connection);
        } finally {
            SERVER.drop(database);
        }
    }
}
