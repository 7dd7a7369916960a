package changelogs.ops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import changelogs.server.Server;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the psql of this machine. */
final class Psql {

    private static final boolean PRESENT = isPresent();

    record Result(int status, String out, String err) {
    }

    private Psql() {
    }

    /** Runs a script as described in its header; skips the test if psql is missing. */
    static Result run(String database, Path script, String... variables) throws IOException, InterruptedException {
        assumeTrue(PRESENT, "There is no psql on the PATH, so the script was run through JDBC alone.");
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-v", "ON_ERROR_STOP=1"));
        for (String variable : variables) {
            command.addAll(List.of("-v", variable));
        }
        command.addAll(List.of("-f", script.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        Server server = TestServer.get().server();
        builder.environment().put("PGHOST", server.host());
        builder.environment().put("PGPORT", Integer.toString(server.port()));
        builder.environment().put("PGDATABASE", database);
        builder.environment().put("PGUSER", Server.MIGRATOR);
        builder.environment().put("PGPASSWORD", Server.PASSWORD);
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        Process psql = builder.start();
        psql.getOutputStream().close();
        String out = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(psql.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(psql.waitFor(), out, err);
    }

    static boolean isPresent() {
        try {
            Process psql = new ProcessBuilder("psql", "--version").redirectErrorStream(true).start();
            psql.getInputStream().readAllBytes();
            return psql.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
