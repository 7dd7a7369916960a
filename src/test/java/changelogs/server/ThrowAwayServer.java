package changelogs.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Runs a server with one empty database, like that of a new hosted Supabase project, until another process ends or a file
 * {@code stop} appears. It writes the database's address to the file {@code url}.
 */
public final class ThrowAwayServer {

    /** The one database in which pg_cron works on the container's server. */
    private static final String DATABASE = "scheduled";

    private ThrowAwayServer() {
    }

    /** Takes the folder, the kind of server and the process to watch. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        long process = Long.parseLong(args[2]);
        Files.createDirectories(folder);
        Server server = switch (args[1]) {
            case "embedded" -> EmbeddedServer.at(folder, folder.resolve("data"), Map.of("fsync", "off", "full_page_writes", "off", "max_wal_size", "4GB"));
            case "container" -> ContainerServer.start("");
            default -> throw new IllegalArgumentException(args[1]);
        };
        create(server);
        Path written = Files.writeString(folder.resolve("url.part"), server.url(DATABASE));
        Files.move(written, folder.resolve("url"), StandardCopyOption.ATOMIC_MOVE);
        while (!Files.exists(folder.resolve("stop")) && ProcessHandle.of(process).isPresent()) {
            Thread.sleep(200);
        }
    }

    private static void create(Server server) throws SQLException, IOException {
        StandIn standIn = StandIn.on(server);
        standIn.drop(DATABASE);
        standIn.create(DATABASE, standIn.template("new"));
        try (Connection operator = server.connect(DATABASE, Server.OPERATOR); Statement statement = operator.createStatement()) {
            if (statement.executeQuery("select from pg_catalog.pg_available_extensions where name = 'pg_cron'").next()) {
                statement.execute("""
                        create extension pg_cron;
                        grant usage on schema cron to postgres;
                        grant all on all tables in schema cron to postgres
                        """);
            }
        }
    }
}
