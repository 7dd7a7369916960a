package changelogs.bench;

import changelogs.testing.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.yaml.snakeyaml.Yaml;

/** Writes of one user and of eight users at once, as multiples of a bare insert into a copy with the same indexes and constraints. */
final class Writes {

    static final String PART = "writes";
    private static final Path STATEMENTS = Path.of("src", "test", "resources", "bench", "writes.yaml");
    private static final int CONNECTIONS = 8;
    private static final int CALLS = 5;
    private static final int ROUNDS = 15;

    private Writes() {
    }

    static void measure(Loaded loaded, Figures figures) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Writer> writers = new ArrayList<>();
        try {
            for (Map<String, String> write : statements().getOrDefault(loaded.system(), List.of())) {
                for (int user = 1; user <= CONNECTIONS; user++) {
                    if (write.containsKey("before")) {
                        loaded.database().operator().script(Writer.filled(write.get("before"), "public", user));
                    }
                    writers.add(Writer.of(loaded.name(), write, user));
                }
                Writer one = writers.get(0);
                figures.measure(PART, loaded.system() + " " + write.get("name"), "1 connection", () -> Pairs.of(one::ours, one::bare));
                figures.measure(PART, loaded.system() + " " + write.get("name"), CONNECTIONS + " connections",
                        () -> Pairs.of(() -> together(threads, writers, Writer::ours), () -> together(threads, writers, Writer::bare), ROUNDS, ROUNDS));
                close(writers);
            }
        } finally {
            threads.shutdownNow();
            close(writers);
        }
    }

    private static void close(List<Writer> writers) throws SQLException {
        for (Writer writer : writers) {
            writer.user.close();
            writer.service.close();
        }
        writers.clear();
    }

    private static long together(ExecutorService threads, List<Writer> writers, Call call) throws Exception {
        List<Callable<Long>> work = writers.stream().<Callable<Long>>map(writer -> () -> {
            long spent = 0;
            for (int i = 0; i < CALLS; i++) {
                spent += call.on(writer);
            }
            return spent;
        }).toList();
        long all = 0;
        for (Future<Long> spent : threads.invokeAll(work)) {
            all += spent.get();
        }
        return all;
    }

    private static Map<String, List<Map<String, String>>> statements() throws IOException {
        return new Yaml().load(Files.readString(STATEMENTS));
    }

    private interface Call {
        long on(Writer writer) throws SQLException;
    }

    /** A user who writes, and the service, which writes into the copy. */
    private record Writer(ClientSession user, ClientSession service, String write, String insert) {

        static Writer of(String database, Map<String, String> write, int user) throws SQLException {
            Caller caller = Crowd.person(user);
            String insert = write.getOrDefault("insert", write.get("write"));
            return new Writer(new ClientSession(database, write.get("caller").equals("service") ? Caller.SERVICE : caller), new ClientSession(database, Caller.SERVICE),
                    filled(write.get("write"), "public", user), filled(insert, "bench", user));
        }

        private static String filled(String statement, String schema, int user) {
            return statement.replace("{schema}", schema).replace("{user}", "'" + Crowd.person(user).account() + "'").replace("{row}", Integer.toString(user));
        }

        long ours() throws SQLException {
            return user.tryOut(write);
        }

        long bare() throws SQLException {
            return service.tryOut(insert);
        }
    }
}
