package changelogs.liquibase;

import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Command;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PgBouncer in front of the test server, with the settings of a test. */
final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts PgBouncer; skips the test if it is not installed. */
    static PgBouncer start(Path folder, String... settings) {
        Path program = Command.find("pgbouncer").or(() -> Optional.of(Path.of("/usr/sbin/pgbouncer")).filter(Files::isExecutable)).orElse(null);
        Skip.unless(program != null, "runs through a pooler, because PgBouncer is not installed; install it with apt-get install pgbouncer");
        try {
            int port = freePort();
            Path file = folder.resolve("pgbouncer.ini");
            Files.writeString(file, configuration(port, settings));
            List<String> command = new ArrayList<>(List.of(program.toString(), file.toString()));
            if (System.getProperty("user.name").equals("root")) {
                // PgBouncer refuses to run as root.
                command.addAll(1, List.of("-u", "nobody"));
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("pgbouncer.log").toFile()).start();
            PgBouncer pooler = new PgBouncer(process, port);
            Await.until("pgbouncer listens", () -> pooler.listens() || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("pgbouncer.log")));
            }
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(int port, String... settings) {
        Server server = TestServer.get().server();
        return """
                [databases]
                * = host=%s port=%d user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                ignore_startup_parameters = extra_float_digits
                %s
                """.formatted(server.host(), server.port(), Server.MIGRATOR, Server.PASSWORD, port, String.join("\n", settings));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String url(String database) {
        return new Server("127.0.0.1", port).url(database);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
