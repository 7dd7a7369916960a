package changelogs.ops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.TestServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the psql of this machine. */
public final class Psql {

    private static final boolean PRESENT = isPresent();

    private Psql() {
    }

    /** Runs a script as described in its header; skips the test if psql is missing. */
    static Command.Result run(String database, Path script, String... variables) {
        return run(TestServer.get().server(), database, script, variables);
    }

    /** The same through a proxy of the test server. */
    public static Command.Result run(Server server, String database, Path script, String... variables) {
        assumeTrue(PRESENT, "psql is not on the PATH, so the script was tested only through JDBC.");
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-v", "ON_ERROR_STOP=1"));
        for (String variable : variables) {
            command.addAll(List.of("-v", variable));
        }
        command.addAll(List.of("-f", script.toString()));
        return Command.of(command).with(Map.of("PGHOST", server.host(), "PGPORT", Integer.toString(server.port()), "PGDATABASE", database,
                "PGUSER", Server.MIGRATOR, "PGPASSWORD", Server.PASSWORD, "PGCLIENTENCODING", "UTF8")).run();
    }

    public static boolean isPresent() {
        try {
            return Command.of("psql", "--version").run().status() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
