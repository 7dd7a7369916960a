package changelogs.testing;

import changelogs.server.Server;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.command.CommandScope;
import liquibase.exception.CommandExecutionException;
import liquibase.logging.core.JavaLogService;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs the changelog of a system with Liquibase on a database of the test server, with the settings of the pom. */
public final class Changelog {

    private static final Path PROJECT = Path.of("");
    public static final String LOG = "extensions.databasechangelog";

    /** Liquibase's log is silenced: errors are thrown, and other messages would hide the output of the tests. */
    private static final Logger QUIET = Logger.getLogger("liquibase");

    static {
        QUIET.setUseParentHandlers(false);
        // Loads the configuration of Liquibase before other threads start: a thread that loads the configuration first and one that starts
        // here would wait for each other for ever.
        Scope.getCurrentScope();
    }

    /** Changelogs of the systems, cached per thread; reading one takes a second, and the tests do not change them. */
    private static final ThreadLocal<Map<Object, DatabaseChangeLog>> SYSTEMS = ThreadLocal.withInitial(HashMap::new);

    private static final Object WRITER_OF_SQL = new Object();

    private final String file;
    private final Path root;
    private final String url;
    private final String contexts;
    private final Map<String, String> parameters;
    /** Null if each command reads the file. */
    private final DatabaseChangeLog read;
    /** Null if there is no listener. */
    private final ChangeExecListener watcher;

    public Changelog(String system, String database) {
        this(PROJECT, "changelog/" + system + "/changelog.yaml", TestServer.get().server().url(database), "local", Map.of());
    }

    private Changelog(Path root, String file, String url, String contexts, Map<String, String> parameters) {
        this(root, file, url, contexts, parameters, null, null);
    }

    private Changelog(Path root, String file, String url, String contexts, Map<String, String> parameters, DatabaseChangeLog read,
            ChangeExecListener watcher) {
        this.read = read;
        this.watcher = watcher;
        this.root = root;
        this.file = file;
        this.url = url;
        this.contexts = contexts;
        this.parameters = parameters;
    }

    /** The systems that have a changelog. */
    public static List<String> systems() {
        try (Stream<Path> folders = Files.list(Path.of("changelog"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("changelog.yaml")))
                    .map(folder -> folder.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All changesets of a system in all contexts, in order. */
    public static List<ChangeSet> changeSets(String system) {
        return new Changelog(system, "").read().getChangeSets();
    }

    /** A changelog in another folder. */
    public static Changelog at(Path root, String file, String database) {
        return atUrl(root, file, TestServer.get().server().url(database));
    }

    /** The same through another JDBC URL, for example that of a proxy. */
    public static Changelog atUrl(Path root, String file, String url) {
        return new Changelog(root, file, url, "local", Map.of());
    }

    public Changelog in(String contexts) {
        return new Changelog(root, file, url, contexts, parameters);
    }

    /** Sets a changelog property, like {@code -Dname=value}. */
    public Changelog with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Changelog(root, file, url, contexts, more);
    }

    /** Reads the changelog once for all later commands, which skip the preconditions of the changelog itself. */
    public Changelog readOnce() {
        DatabaseChangeLog once = root.equals(PROJECT) ? SYSTEMS.get().computeIfAbsent(List.of(file, parameters), key -> read()) : read();
        return new Changelog(root, file, url, contexts, parameters, once, watcher);
    }

    /** The same changelog, with an action after each changeset is applied or rolled back and committed. */
    public Changelog afterEach(Consumer<ChangeSet> step) {
        return new Changelog(root, file, url, contexts, parameters, read, new AfterEach(step));
    }

    public Changelog allowingDataLoss() {
        return with("allowDataLoss", "true");
    }

    /** Number of changesets in these contexts, applied or not. */
    public int changesets() {
        return (int) (read == null ? read() : read).getChangeSets().stream().filter(this::isInContexts).count();
    }

    private DatabaseChangeLog read() {
        try (DirectoryResourceAccessor folder = new DirectoryResourceAccessor(new File(root.toAbsolutePath().toString()))) {
            return ChangeLogParserFactory.getInstance().getParser(file, folder).parse(file, changelogParameters(), folder);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isInContexts(ChangeSet changeSet) {
        return changeSet.getContextFilter().matches(new Contexts(contexts));
    }

    public void update() {
        run("update", Map.of());
    }

    public void updateCount(int count) {
        run("updateCount", Map.of("count", count));
    }

    public void updateToTag(String tag) {
        run("updateToTag", Map.of("tag", tag));
    }

    public void rollbackCount(int count) {
        run("rollbackCount", Map.of("count", count));
    }

    public void rollbackToTag(String tag) {
        run("rollback", Map.of("tag", tag));
    }

    public void changelogSync() {
        run("changelogSync", Map.of());
    }

    public void status() {
        run("status", Map.of());
    }

    public void validate() {
        run("validate", Map.of());
    }

    /** Runs any Liquibase command, for example {@code futureRollbackSql}. */
    public void run(String command, Map<String, Object> arguments) {
        run(command, arguments, OutputStream.nullOutputStream());
    }

    /**
     * The same with its output. Liquibase keeps the writer of SQL in a global, so two concurrent commands would close each other's writer.
     */
    public void run(String command, Map<String, Object> arguments, OutputStream out) {
        if (!command.endsWith("Sql")) {
            runNow(command, arguments, out);
            return;
        }
        synchronized (WRITER_OF_SQL) {
            runNow(command, arguments, out);
        }
    }

    private void runNow(String command, Map<String, Object> arguments, OutputStream out) {
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        scope.put(Scope.Attr.logService.name(), new JavaLogService());
        scope.put(GlobalConfiguration.LIQUIBASE_SCHEMA_NAME.getKey(), "extensions");
        scope.put("liquibase.analytics.enabled", false);
        try {
            scope.put(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(new File(root.toAbsolutePath().toString())));
            Scope.child(scope, () -> execute(command, arguments, out));
        } catch (CommandExecutionException e) {
            throw new LiquibaseFailed(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String command, Map<String, Object> arguments, OutputStream out) throws CommandExecutionException {
        CommandScope run = new CommandScope(command);
        run.addArgumentValue("url", url);
        run.addArgumentValue("username", Server.MIGRATOR);
        run.addArgumentValue("password", Server.PASSWORD);
        run.addArgumentValue("defaultSchemaName", "public");
        run.addArgumentValue("changelogFile", file);
        run.addArgumentValue("databaseChangelog", read);
        run.addArgumentValue("changeExecListener", watcher);
        run.addArgumentValue("contexts", contexts);
        run.addArgumentValue("contextFilter", contexts);
        run.addArgumentValue("showSummaryOutput", UpdateSummaryOutputEnum.LOG);
        run.addArgumentValue("changelogParameters", changelogParameters());
        arguments.forEach(run::addArgumentValue);
        run.setOutput(out);
        run.execute();
    }

    private ChangeLogParameters changelogParameters() {
        ChangeLogParameters values = new ChangeLogParameters();
        parameters.forEach(values::set);
        return values;
    }

    private static final class AfterEach extends AbstractChangeExecListener {

        private final Consumer<ChangeSet> step;

        AfterEach(Consumer<ChangeSet> step) {
            this.step = step;
        }

        @Override
        public void ran(ChangeSet changeSet, DatabaseChangeLog changeLog, liquibase.database.Database database, ChangeSet.ExecType type) {
            if (type.ran) {
                step.accept(changeSet);
            }
        }

        @Override
        public void rolledBack(ChangeSet changeSet, DatabaseChangeLog changeLog, liquibase.database.Database database) {
            step.accept(changeSet);
        }
    }

    /** Liquibase failed; message and causes contain the reason. */
    public static final class LiquibaseFailed extends RuntimeException {

        private static final long serialVersionUID = 1;

        LiquibaseFailed(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
