package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.server.Server;
import changelogs.testing.Command;
import changelogs.testing.Session;
import changelogs.testing.Skip;
import changelogs.testing.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Findings of squawk, Supabase's advisors and the TypeScript compiler in prepared diffs. */
// Last, when the shared reviews of prepared diffs exist.
@Order(Integer.MAX_VALUE)
class ToolsTest {

    @BeforeEach
    void skipWithoutTheTools() {
        Skip.unless(Stream.of("squawk", "supabase", "tsc").allMatch(name -> Command.ofNpm(name).isPresent()),
                "the tools of a review, because they are not installed; install them with npm ci");
    }

    @Test
    void renamedColumnBreaksTheTypesOfApps() {
        Result result = PreparedDiffs.review("rename-breaks-clients", true);

        assertThat(result.types().breaking()).contains("rows of table shops");
        assertThat(result.findings()).extracting(Finding::check).contains(Check.TYPES_BREAK);
        assertThat(result.findings()).extracting(Finding::text).anyMatch(text -> text.startsWith("squawk renaming-column: "));
    }

    @Test
    void advisorsReportAViewWithTheRightsOfItsOwner() {
        String base = TestServer.get().newProject();
        alter(base, "create table public.orders (id bigint primary key); alter table public.orders enable row level security");
        String head = TestServer.get().copy(base);
        alter(head, "create view public.all_orders as select * from public.orders; grant select on public.all_orders to anon");

        assertThat(new Tools(base).compare(head, List.of()).join().findings()).extracting(Finding::text).anyMatch(text -> text.contains("security_definer_view"));
        TestServer.get().discard(head);
        TestServer.get().discard(base);
    }

    private static void alter(String database, String sql) {
        try (Session owner = Session.in(database, Server.MIGRATOR)) {
            owner.script(sql);
        }
    }
}
