package changelogs.ops;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.TestServer;
import java.nio.file.Path;

/** Runs Supabase's command line tool on a database of the test server. */
public final class SupabaseCommand {

    private SupabaseCommand() {
    }

    /** Generates the TypeScript types of schema public. */
    public static String types(String database, Path supabase) {
        Command.Result types = Command.of(supabase.toString(), "gen", "types", "typescript", "--remote=" + url(database), "--schema", "public").run();
        if (types.status() != 0) {
            throw new IllegalStateException(types.err());
        }
        return types.out();
    }

    public static Command.Result advice(String database, Path supabase) {
        return Command.of(supabase.toString(), "db", "advisors", "--remote=" + url(database), "--type", "all", "--level", "warn", "--fail-on", "warn").merged().run();
    }

    /** The statements that turn the first database into the second; empty if they are equal. */
    public static String diff(String from, String to, Path supabase) {
        Command.Result diff = Command.of(supabase.toString(), "db", "diff", "--from", url(from), "--to", url(to), "--use-pg-delta", "--agent", "no").run();
        if (diff.status() != 0) {
            throw new IllegalStateException(diff.err());
        }
        return diff.out();
    }

    private static String url(String database) {
        Server server = TestServer.get().server();
        return "postgresql://" + Server.MIGRATOR + ":" + Server.PASSWORD + "@" + server.host() + ":" + server.port() + "/" + database + "?sslmode=disable";
    }
}
