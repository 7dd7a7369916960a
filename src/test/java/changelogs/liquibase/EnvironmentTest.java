package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import liquibase.database.ConnectionServiceFactory;
import liquibase.exception.DatabaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URL, user and password of a run come from environment variables; an error names the missing ones. */
class EnvironmentTest {

    private static final String URL = "env:CONNECT_STAGING_DB_URL";
    private static final Properties LOGIN = login("env:CONNECT_STAGING_DB_USER", "env:CONNECT_STAGING_DB_PASSWORD");

    @Test
    void variablesSetUrlUserAndPassword() throws DatabaseException {
        Environment environment = environment(Map.of("CONNECT_STAGING_DB_URL", "jdbc:postgresql://db/postgres",
                "CONNECT_STAGING_DB_USER", "postgres", "CONNECT_STAGING_DB_PASSWORD", "env:${a}$$"));

        assertThat(environment.resolve(URL, LOGIN))
                .isEqualTo(new Environment.Login("jdbc:postgresql://db/postgres", login("postgres", "env:${a}$$")));
    }

    @Test
    void valuesFromTheCommandLineNeedNoVariables() throws DatabaseException {
        assertThat(environment(Map.of()).resolve("jdbc:postgresql://db/postgres", login("postgres", "secret")))
                .isEqualTo(new Environment.Login("jdbc:postgresql://db/postgres", login("postgres", "secret")));
    }

    @Test
    void oneErrorNamesAllMissingVariables() {
        assertThatThrownBy(() -> environment(Map.of()).resolve(URL, LOGIN)).isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Set CONNECT_STAGING_DB_URL, CONNECT_STAGING_DB_USER and CONNECT_STAGING_DB_PASSWORD. ");
    }

    @Test
    void errorDoesNotNameVariablesThatAreSet() {
        assertThatThrownBy(() -> environment(Map.of("CONNECT_STAGING_DB_USER", "postgres")).resolve(URL, LOGIN))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Set CONNECT_STAGING_DB_URL and CONNECT_STAGING_DB_PASSWORD. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blankVariableCountsAsMissing(String value) {
        Environment environment = environment(Map.of("CONNECT_STAGING_DB_URL", "jdbc:postgresql://db/postgres",
                "CONNECT_STAGING_DB_USER", "postgres", "CONNECT_STAGING_DB_PASSWORD", value));

        assertThatThrownBy(() -> environment.resolve(URL, LOGIN)).isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Set CONNECT_STAGING_DB_PASSWORD. ");
    }

    @Test
    void liquibaseConnectsThroughTheExtension() {
        var connections = ConnectionServiceFactory.getInstance();

        assertThatThrownBy(() -> connections.create("env:NEVER_SET_DB_URL", new org.postgresql.Driver(), login("env:NEVER_SET_DB_USER", "secret")))
                .isInstanceOf(DatabaseException.class).hasMessageContaining("Set NEVER_SET_DB_URL and NEVER_SET_DB_USER. ");
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(variables::get);
    }

    private static Properties login(String user, String password) {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return login;
    }
}
