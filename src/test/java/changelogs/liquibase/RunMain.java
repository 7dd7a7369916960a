package changelogs.liquibase;

import changelogs.testing.Changelog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;

/** Main class of a {@link RunProcess}: loads Liquibase, reports this, then runs each command that it reads in a separate thread. */
public final class RunMain {

    private RunMain() {
    }

    /** Arguments: folder and file of the changelog, and a database with which to load Liquibase. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        String file = args[1];
        Changelog.atUrl(root, file, args[2]).run("updateSql", Map.of());
        System.out.println("ready");
        List<Thread> runs = new ArrayList<>();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("go"); line = in.readLine()) {
            String[] words = line.split(" ");
            runs.add(new Thread(() -> run(Changelog.atUrl(root, file, words[1]), words[0])));
        }
        runs.forEach(Thread::start);
    }

    private static void run(Changelog changelog, String command) {
        try {
            String[] words = command.split("=");
            switch (words[0]) {
                case "update" -> changelog.run("update", Map.of("changeExecListenerClass", Announcer.class.getName()));
                case "rollback" -> changelog.run("rollbackCount",
                        Map.of("count", Integer.MAX_VALUE, "changeExecListenerClass", Announcer.class.getName()));
                case "rollbackTo" -> changelog.allowingDataLoss().rollbackToTag(words[1]);
                default -> throw new IllegalArgumentException(command);
            }
        } catch (RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** Reports each changeset before it runs or is rolled back. */
    public static final class Announcer extends AbstractChangeExecListener {

        @Override
        public void willRun(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database, ChangeSet.RunStatus status) {
            System.out.println("changeset");
        }

        @Override
        public void willRollback(ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
            System.out.println("changeset");
        }
    }
}
