package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.server.Server;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The template of a state is created once, and only a complete template gets its name. */
class StateTest {

    private static final String TEMPLATES = "select count(*) from pg_database where datname like 'migrated\\_vectors\\_%'";

    private final TestServer server = TestServer.get();

    @BeforeEach
    void needsVectors() {
        server.needs("vectors");
    }

    @Test
    void templateIsCreatedOnceAndReused() throws SQLException {
        State state = State.upTo("0002", "vectors", "local");
        String name = state.on(server);

        try (Session operator = Session.in("postgres", Server.OPERATOR)) {
            long templates = operator.value(Long.class, TEMPLATES);
            assertThat(state.on(server)).isEqualTo(name);
            assertThat(operator.value(Long.class, TEMPLATES)).isEqualTo(templates);
        }
        try (Session owner = Session.in(name, Server.MIGRATOR)) {
            assertThat(owner.value(String.class, "select max(id) from " + Changelog.LOG)).startsWith("0002-");
        }
    }

    @Test
    void unfinishedTemplateDoesNotGetItsName() {
        try (Session operator = Session.in("postgres", Server.OPERATOR)) {
            long templates = operator.value(Long.class, TEMPLATES);

            assertThatThrownBy(() -> State.upTo("no_such_tag", "vectors", "local").on(server)).hasMessage("The changelog of vectors has no tag no_such_tag.");

            assertThat(operator.value(Long.class, TEMPLATES)).isEqualTo(templates);
        }
    }
}
