package changelogs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server serves concurrent runs, stops after the last one, and keeps its data. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedServerTest {

    /** One folder for all tests, since the first start in a folder unpacks the binaries; the tests run in order. */
    @TempDir
    static Path temporary;

    private final List<Process> clients = new ArrayList<>();

    @AfterEach
    void stopAllProcesses() throws Exception {
        for (Process client : clients) {
            client.destroyForcibly().waitFor();
        }
        await("the server stops", () -> !running());
    }

    /** The first process and its keeper are killed during the first start; later processes can still start the server. */
    @Test
    @Order(1)
    void concurrentProcessesShareOneServerAfterAKilledStart() throws Exception {
        Process killed = start("select 1");
        await("the first start is under way", () -> Files.exists(home().resolve("binaries")));
        Command.kill(killed);

        Process first = start("create table public.one (id integer)");
        Process second = start("create table public.two (id integer)");

        awaitDone(first);
        awaitDone(second);
        disconnect(runAndStayConnected("select from public.one, public.two"));
        disconnect(first);
        assertThat(running()).as("server still runs while the second process uses it").isTrue();
        disconnect(second);
        await("the server stops", () -> !running());
    }

    @Test
    @Order(2)
    void serverStopsAfterItsProcessIsKilledAndKeepsItsData() throws Exception {
        Process client = runAndStayConnected("insert into public.one values (1)");
        assertThat(running()).isTrue();

        client.destroyForcibly().waitFor();

        await("the server stops", () -> !running());
        runAndStayConnected("do $$ begin assert (select count(*) = 1 from public.one); end $$");
    }

    @Test
    @Order(3)
    void databaseIsCreatedWithTheStandInAndTheTablesOfTheProduct() throws Exception {
        runAndStayConnected("""
                do $$ begin
                    assert (select not rolsuper and rolbypassrls from pg_roles where rolname = current_user);
                    assert to_regclass('public.game_profiles') is not null;
                    assert to_regprocedure('auth.uid()') is not null;
                end $$
                """);
    }

    @Test
    @Order(4)
    void databaseOfAnEarlierLayoutIsRejectedWithInstructions() throws Exception {
        disconnect(runAndStayConnected("""
                create table extensions.databasechangelog (filename text);
                insert into extensions.databasechangelog values ('changelog/vectors/0001-vector-progress.yaml')
                """));

        assertThatThrownBy(() -> runAndStayConnected("select 1")).hasMessageContaining("Delete the folder .local and start again.");
    }

    private Path home() {
        return temporary.resolve("postgres");
    }

    private boolean running() {
        return Files.exists(home().resolve("data").resolve("postmaster.pid"));
    }

    /** Starts a process that runs the statement through the driver, and waits until the statement is complete. */
    private Process runAndStayConnected(String sql) throws Exception {
        Process client = start(sql);
        awaitDone(client);
        return client;
    }

    private Process start(String sql) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", Client.class.getName(),
                "jdbc:embedded-postgresql:" + home() + "/vectors", sql).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process client = builder.start();
        clients.add(client);
        return client;
    }

    private static void awaitDone(Process client) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader out = client.inputReader(StandardCharsets.UTF_8);
        String line;
        while ((line = out.readLine()) != null) {
            if (line.equals("done")) {
                return;
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("The process ended before its statement was complete:\n" + output);
    }

    private static void disconnect(Process client) throws Exception {
        client.getOutputStream().close();
        assertThat(client.waitFor(30, TimeUnit.SECONDS)).as("process has exited").isTrue();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    /** A process that connects like a run and exits when its input ends. */
    static final class Client {

        public static void main(String[] args) throws Exception {
            DriverManager.registerDriver(new EmbeddedDriver());
            try (var connection = DriverManager.getConnection(args[0], Server.MIGRATOR, Server.PASSWORD);
                    var statement = connection.createStatement()) {
                statement.execute(args[1]);
            }
            System.out.println("done");
            while (System.in.read() >= 0) {
                // Waits until the test closes this input.
            }
        }
    }
}
