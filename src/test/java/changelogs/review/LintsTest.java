package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.FunctionBodies;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A review checks the bodies of functions where the server has plpgsql_check, and otherwise says that it did not. */
class LintsTest {

    private static final String FUNCTION = "create function public.%s() returns void language plpgsql as $$ begin perform missing_of_%s; end $$";

    @Test
    void onlyErrorsThatTheBaseLacksAreReported() {
        Skip.unless(hasExtension(), "the check of function bodies, because this server has no plpgsql_check");
        String base = TestServer.get().newProject();
        create(base, "old_function");
        String head = TestServer.get().copy(base);
        create(head, "new_function");

        List<Finding> findings = Lints.functions(base, head, TestServer.get()::copy, new ArrayList<>());

        assertThat(findings).extracting(Finding::text).singleElement().asString()
                .startsWith("plpgsql_check: new_function() line 1: ").contains("missing_of_new_function");
        TestServer.get().discard(base);
        TestServer.get().discard(head);
    }

    @Test
    void absenceOfTheExtensionIsSaid() {
        Skip.unless(!hasExtension(), "the message about the absence of plpgsql_check, because this server has it");
        List<String> unmeasured = new ArrayList<>();

        assertThat(Lints.functions("postgres", "postgres", TestServer.get()::copy, unmeasured)).isEmpty();
        assertThat(unmeasured).singleElement().asString().contains("plpgsql_check", "-Ddb=container");
    }

    @Test
    void pendingChangesetsOfTheBaseAreNamed() {
        SeededBase base = SeededBase.of(PreparedDiffs.side("extension-absent", "pending"), changeSet -> true, 10);

        assertThat(base.pending()).singleElement().asString().startsWith("shop/0002::");
        TestServer.get().discard(base.database());
    }

    private static boolean hasExtension() {
        try (Session postgres = Session.in("postgres", Server.OPERATOR)) {
            return FunctionBodies.canBeChecked(postgres);
        }
    }

    private static void create(String database, String name) {
        try (Session owner = Session.in(database, Server.MIGRATOR)) {
            owner.script(FUNCTION.formatted(name, name));
        }
    }
}
