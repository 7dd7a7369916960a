package changelogs.backup;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.drift.Expression;
import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** catalog.sql and expression.awk, with which a restore compares two databases, ignore redundant parentheses and no others. */
class CatalogTextTest {

    private static final Path BACKUP = Path.of("ops", "backup");

    @RegisterExtension
    final Database vectors = Database.ofItsOwn("vectors");

    @Test
    void parenthesesThatChangeTheMeaningAreCompared() {
        vectors.owner().script("""
                create table public.t (a boolean, b boolean, c boolean, constraint t_check check (a and (b or c)));
                create view public.v with (security_invoker = true) as select 1 as one from public.t where a and (b or c);
                create index t_index on public.t (a) where a and (b or c);
                create policy t_policy on public.t using (a and (b or c))
                """);
        List<String> before = text();
        vectors.owner().script("""
                alter table public.t drop constraint t_check, add constraint t_check check ((a and b) or c);
                create or replace view public.v with (security_invoker = true) as select 1 as one from public.t where (a and b) or c;
                drop index public.t_index;
                create index t_index on public.t (a) where (a and b) or c;
                alter policy t_policy on public.t using ((a and b) or c)
                """);

        assertThat(text()).filteredOn(line -> !before.contains(line)).extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyInAnyOrder("constraint", "index", "policy", "view");
    }

    @Test
    void parenthesesThatADumpRemovesAreNotCompared() {
        vectors.owner().script("""
                create table public.t (a boolean, b boolean, c boolean, constraint t_check check (a and (b and c)));
                create policy t_policy on public.t using ((a or (b or c)) and c)
                """);
        List<String> before = text();
        vectors.owner().script("""
                alter table public.t drop constraint t_check, add constraint t_check check (a and b and c);
                alter policy t_policy on public.t using ((a or b or c) and c)
                """);

        assertThat(text()).isEqualTo(before).hasSizeGreaterThan(100);
    }

    /** Drift detection and the restore tests normalize definitions in Java, a restore in awk; the results must be equal. */
    @Test
    void awkAndJavaGiveTheSameNormalizedText() {
        List<String> lines = lines().lines().toList();

        assertThat(text()).hasSizeGreaterThan(100).isEqualTo(lines.stream().map(Expression::normal).toList());
    }

    private String lines() {
        Skip.without("the comparison of catalogs", "psql", "awk");
        Server server = TestServer.get().server();
        Command.Result lines = Command.of("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "platform={pg_catalog,information_schema,auth,storage,extensions}",
                "-f", BACKUP.resolve("catalog.sql").toString()).with(Map.of("PGHOST", server.host(), "PGPORT", Integer.toString(server.port()),
                "PGDATABASE", vectors.name(), "PGUSER", Server.MIGRATOR, "PGPASSWORD", Server.PASSWORD)).run();
        assertThat(lines.status()).as(lines.err()).isZero();
        return lines.out();
    }

    private List<String> text() {
        Command.Result text = Command.of("awk", "-f", BACKUP.resolve("expression.awk").toString()).reading(lines()).run();
        assertThat(text.status()).as(text.err()).isZero();
        return text.out().lines().toList();
    }
}
