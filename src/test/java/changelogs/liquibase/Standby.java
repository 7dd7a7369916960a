package changelogs.liquibase;

import changelogs.server.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server in recovery, which answers queries but accepts no changes; it has no primary server. */
final class Standby implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private Standby(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Creates a separate server in the folder, and restarts it as a standby. */
    static Standby start(Path folder) throws IOException {
        Path data = folder.resolve("standby");
        start(folder, data).close();
        Files.createFile(data.resolve("standby.signal"));
        return new Standby(start(folder, data));
    }

    private static EmbeddedPostgres start(Path folder, Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target", "standby").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "off")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("standby.log").toFile()))
                .start();
    }

    Server server() {
        return new Server("127.0.0.1", postgres.getPort());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
