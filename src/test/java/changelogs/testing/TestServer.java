package changelogs.testing;

import changelogs.server.ContainerServer;
import changelogs.server.Digest;
import changelogs.server.EmbeddedServer;
import changelogs.server.Server;
import changelogs.server.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.util.LiquibaseUtil;

/** The server that the tests share: {@code -Ddb=embedded} or {@code container}. */
public final class TestServer {

    private static final TestServer INSTANCE = start();

    /** The oldest supported version of PostgreSQL for each system that supports versions older than {@link #OLDEST}. */
    private static final Map<String, Integer> OLDEST_OF = Map.of("describe-it", 14, "vectors", 14);
    /** The first version of PostgreSQL with security_invoker views. */
    private static final int OLDEST = 15;
    private static final Path EXTENSION = Path.of("target", "classes");
    /** Two databases are kept for each prefix, so that switching between two versions of the changelog is fast. */
    private static final int KEPT = 2;

    private final Server server;
    private final int version;
    private final String fullVersion;
    private final StandIn standIn;
    private final Map<State, String> templates = new ConcurrentHashMap<>();
    /** Idle shared databases; as many per state as were used concurrently. */
    private final Map<State, Queue<WarmDatabase>> warm = new ConcurrentHashMap<>();
    /** The next clone of each state, created while the previous test runs. */
    private final Map<State, Future<String>> next = new ConcurrentHashMap<>();
    private final ExecutorService clones = backgroundThread("clones");
    private final ExecutorService drops = backgroundThread("drops");
    private final AtomicInteger sequence = new AtomicInteger();

    private TestServer(Server server) throws SQLException {
        this.server = server;
        this.standIn = StandIn.on(server);
        try (var connection = server.connect("postgres", Server.OPERATOR)) {
            this.version = connection.getMetaData().getDatabaseMajorVersion();
            this.fullVersion = connection.getMetaData().getDatabaseProductVersion();
        }
        dropLeftovers();
    }

    public static TestServer get() {
        return INSTANCE;
    }

    private static TestServer start() {
        String db = System.getProperty("db", "embedded");
        try {
            return new TestServer(switch (db) {
                case "embedded" -> embedded("postgres-" + System.getProperty("db.version", "17"));
                case "container" -> ContainerServer.start(System.getProperty("db.image", ""));
                default -> throw new IllegalArgumentException("-Ddb=" + db + ": use embedded or container.");
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Server embedded(String name) throws IOException {
        Path folder = Path.of("target", name);
        Path data = RamDisk.ofThisMachine().folderOf(Path.of("")).map(ram -> ram.resolve(name)).orElse(folder).resolve("data");
        return EmbeddedServer.at(folder, data, Map.of("full_page_writes", "off", "autovacuum", "off",
                // Loaded as on hosted projects, but disabled: storing the texts of all changesets takes time. Only the test of ops/monitoring enables it.
                "shared_preload_libraries", "pg_stat_statements", "pg_stat_statements.track", "none"));
    }

    public Server server() {
        return server;
    }

    /** Skips the test on a server older than this version. */
    public void needs(int oldest, String what) {
        Skip.unless(version >= oldest, what + ", which needs PostgreSQL " + oldest + " or newer; this is " + version);
    }

    /** Skips the test on a server that is too old for the system. */
    public void needs(String system) {
        needs(OLDEST_OF.getOrDefault(system, OLDEST), system);
    }

    /** A dedicated database before the first changeset of the system. */
    public String unmigrated(String system) {
        needs(system);
        return sql(() -> clone(standIn.template(system)));
    }

    /** Like {@link #unmigrated}, in a project without default grants to the API roles. */
    String unmigratedWithoutDefaultGrants(String system) {
        needs(system);
        return sql(() -> clone(standIn.templateWithoutDefaultGrants(system)));
    }

    /** A dedicated database of a new project, without tables of any product. */
    public String newProject() {
        return sql(() -> clone(standIn.template("new")));
    }

    public int version() {
        return version;
    }

    /** The role that creates roles: PostgreSQL before 16 lets only superusers create a role with bypassrls. */
    public String creatorOfRoles() {
        return version >= 16 ? Server.MIGRATOR : Server.OPERATOR;
    }

    StandIn standIn() {
        return standIn;
    }

    /** A dedicated database with all changesets of the system applied. */
    public String migrated(String system) {
        return migrated(State.end(system));
    }

    /** A dedicated database in this state. */
    public String migrated(State state) {
        needs(state.system());
        String template = template(state);
        Future<String> ready = next.remove(state);
        String database = sql(() -> ready == null ? clone(template) : join(ready));
        next.computeIfAbsent(state, key -> clones.submit(() -> clone(template)));
        return database;
    }

    /** A shared migrated database, which is reused by later tests. */
    WarmDatabase lease(State state) {
        needs(state.system());
        WarmDatabase free = idle(state).poll();
        return sql(() -> {
            WarmDatabase database = free == null ? new WarmDatabase(state, clone(template(state))) : free;
            database.begin();
            return database;
        });
    }

    void release(WarmDatabase database) {
        sql(() -> {
            try {
                database.end();
            } catch (SQLException | IllegalStateException e) {
                database.close();
                discard(database.name());
                throw e;
            }
            idle(database.state()).add(database);
            return null;
        });
    }

    private Queue<WarmDatabase> idle(State state) {
        return warm.computeIfAbsent(state, key -> new ConcurrentLinkedQueue<>());
    }

    /** The template database of a state. */
    String template(State state) {
        String name = templates.get(state);
        if (name == null) {
            // Templates are created one after the other, since each may be the base of another.
            synchronized (templates) {
                name = templates.containsKey(state) ? templates.get(state) : sql(() -> state.on(this));
                templates.put(state, name);
            }
        }
        return name;
    }

    /**
     * A database that is kept between runs, named after a digest of all its inputs.
     *
     * @param inputs digest of the inputs besides the server, the stand-in of the system and the extension
     * @param make creates the database if it is absent
     */
    public String kept(String prefix, String system, String inputs, SqlCall<String> make) {
        return sql(() -> {
            String digest = Digest.of(String.join("\n", standIn.template(system), fullVersion, LiquibaseUtil.getBuildVersionInfo(), Digest.of(EXTENSION, file -> true), inputs));
            String name = prefix + "_" + digest;
            if (!standIn.exists(name)) {
                for (String older : names("where starts_with(datname, '" + prefix + "_') order by oid desc offset " + (KEPT - 1))) {
                    standIn.drop(older);
                }
                standIn.publish(make.run(), name);
            }
            return name;
        });
    }

    /** Copies a database under the given name. */
    public void create(String database, String template) {
        sql(() -> {
            standIn.create(database, template);
            return null;
        });
    }

    private static ExecutorService backgroundThread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static String join(Future<String> clone) throws SQLException {
        try {
            return clone.get();
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Copies a database that has no connections. */
    public String copy(String database) {
        return sql(() -> clone(database));
    }

    /**
     * Drops a database while the next test runs, since the server waits 100 ms for a connection that is being closed. Databases not dropped
     * before the JVM ends are dropped by the next run.
     */
    public void discard(String database) {
        drops.execute(() -> drop(database));
    }

    public void drop(String database) {
        sql(() -> {
            standIn.drop(database);
            return null;
        });
    }

    private String clone(String template) throws SQLException {
        String name = "test_" + ProcessHandle.current().pid() + "_" + sequence.incrementAndGet();
        standIn.create(name, template);
        return name;
    }

    /** Drops databases of earlier runs, but not those of a run in progress. */
    private void dropLeftovers() throws SQLException {
        for (String database : names("where datname ~ '^(test_[0-9]+|unfinished)_'")) {
            String owner = database.split("_")[1];
            if (!owner.chars().allMatch(Character::isDigit) || ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
                standIn.drop(database);
            }
        }
    }

    private List<String> names(String chosen) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var connection = server.connect("postgres", Server.OPERATOR);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select datname from pg_catalog.pg_database " + chosen)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    static <T> T sql(SqlCall<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call that may throw an {@link SQLException}. */
    public interface SqlCall<T> {
        T run() throws SQLException;
    }
}
