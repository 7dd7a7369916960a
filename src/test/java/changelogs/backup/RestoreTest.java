package changelogs.backup;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.backup.Backups.Started;
import changelogs.drift.Expression;
import changelogs.server.Server;
import changelogs.testing.Await;
import changelogs.testing.Caller;
import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Command;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A restored database equals the original, and users can sign up, upload, pay and practise in it. */
@Order(1)
class RestoreTest {

    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition
                and (n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'cron'))
                and c.relname <> 'databasechangeloglock'
            """;
    private static final String SEQUENCES = """
            select s.schemaname || '.' || s.sequencename || ' ' || coalesce(s.last_value::text, 'not used') from pg_catalog.pg_sequences as s order by 1
            """;

    @TempDir
    Path folder;

    private Backups backups;

    @BeforeEach
    void openRepository() {
        backups = Backups.in(folder).withRepository();
    }

    @AfterEach
    void unlinkCheckout() {
        if (backups != null) {
            backups.unlinkCheckout();
        }
    }

    /** Includes Adyen's tables in schema archive. The restore is killed while it applies changesets, and again while it loads rows. */
    @Test
    void polarisIsRestoredAfterTwoInterruptions() {
        try (Database original = Database.openMigrated("polaris"); Database restored = Database.openNewProject("polaris")) {
            original.changelog().in("local,adyen").update();
            original.owner().script(Fixture.of("polaris"));
            original.owner().script("""
                    insert into storage.objects (bucket_id, name, metadata) values ('user-media', 'a11ce000-0000-4000-8000-000000000001/1.webm', '{"size": 7}');
                    update storage.buckets set file_size_limit = 7 where id = 'user-media';
                    insert into storage.buckets (id, name, public) values ('by-hand', 'by-hand', true)
                    """);
            take("polaris", original);
            backups.database("staging", "polaris", restored.name());

            Started first = backups.start("restore", "staging", "polaris");
            Session owner = restored.operator();
            Await.until("changesets are applied", Duration.ofMinutes(10), () -> owner.value(Boolean.class, "select to_regclass('public.drills') is not null"));
            first.kill();
            int killedAt = owner.value(Long.class, "select count(*) from " + Changelog.LOG).intValue();
            Started second;
            try (Session reader = Session.in(restored.name(), "supabase_admin")) {
                second = backups.start("restore", "staging", "polaris");
                Await.until("all changesets are applied", Duration.ofMinutes(10), () -> reader.value(Boolean.class,
                        "select exists (select from " + Changelog.LOG + " where tag = '0029')"));
                reader.script("select pg_sleep(0.05)");
                second.kill();
            }
            Command.Result third = backups.run("restore", "staging", "polaris");

            assertThat(killedAt).as("changesets before the first kill").isPositive().isLessThan(900);
            assertPassed(third, "continuing the restore");
            assertEqual(original, restored);
            usersCanContinue(restored);
        }
    }

    /** A sign-up, an upload, a payment and a practice. */
    private static void usersCanContinue(Database polaris) {
        Caller carol = new Caller("authenticated", UUID.randomUUID());
        polaris.owner().update("insert into auth.users (id, email) values (?, 'carol@example.com')", carol.account());
        assertThat(polaris.as(carol).column(String.class, "select email from public.profiles")).containsExactly("carol@example.com");

        polaris.as(carol).update("insert into storage.objects (bucket_id, name) values ('user-media', ?)", carol.account() + "/hello.webm");
        assertThat(polaris.as(carol).column(String.class, "select name from storage.objects")).containsExactly(carol.account() + "/hello.webm");

        UUID session = polaris.as(carol).value(UUID.class, "select public.start_session(?, '00d10000-0000-4000-8000-000000000001')", carol.account());
        assertThat(polaris.as(carol).column(UUID.class, "select id from public.sessions")).containsExactly(session);

        assertThat(polaris.as(SERVICE).value(String.class, """
                select public.record_payment_event(jsonb_build_object('provider', 'paypal', 'event_id', 'after-restore', 'event_type', 'payment_captured',
                    'occurred_at', now(), 'user_id', ?::text, 'payment_ref', 'payment-after', 'plan_code', 'pro', 'amount_minor', 49900,
                    'currency_code', 'PHP', 'period_start', now(), 'period_end', now() + interval '1 month'))
                """, carol.account().toString())).isEqualTo("applied");
        assertThat(polaris.as(carol).value(String.class, "select tier from public.profiles")).isEqualTo("pro");
        assertThat(polaris.as(ALICE).column(String.class, "select email from public.profiles")).as("e-mail address of an account from the backup").containsExactly("alice@example.com");
    }

    /** Without the context connect-live, as in production, Connect has its columns but not its tables. */
    @Test
    void pendingChangesetsOfConnectStayPending() {
        try (Database original = Database.open("connect"); Database restored = Database.openNewProject("connect")) {
            original.changelog().in("production").update();
            original.owner().script("""
                    insert into auth.users (id, email) values (gen_random_uuid(), 'alice@example.com'), (gen_random_uuid(), 'bob@example.com');
                    update public.users set birth_city = E'Tab\\t, line\\n, backslash \\\\ and ''quote''', birth_latitude = 12.5
                    """);
            backups.database("production", "connect", original.name());
            assertPassed(backups.run("take", "production", "connect"), "PASS  stored");
            backups.database("production", "connect", restored.name());

            assertPassed(backups.run("restore", "production", "connect"), "");

            assertEqual(original, restored);
            assertThat(restored.owner().value(Boolean.class, "select to_regclass('public.matches') is null")).as("pending").isTrue();
            restored.changelog().in("production,connect-live").update();
            assertThat(restored.count("public.matches")).isZero();
        }
    }

    /** An index of the product caused the changeset of the same index to be MARK_RAN; the product also has its own set_updated_at. */
    @Test
    void restoreOfVectorsKeepsObjectsOfTheProduct() {
        try (Database original = Database.open("vectors"); Database restored = Database.openNewProject("vectors")) {
            original.owner().script("""
                    create index game_profiles_by_user on public.game_profiles (user_id);
                    create function public.set_updated_at() returns trigger language plpgsql set search_path = ''
                        as $$ begin new.updated_at := clock_timestamp(); return new; end $$;
                    revoke all on function public.set_updated_at() from public, anon, authenticated, service_role
                    """);
            original.changelog().update();
            original.owner().script(Fixture.of("vectors"));
            take("vectors", original);
            assertThat(backups.file("vectors", "replay.tsv")).contains("MARK_RAN");
            assertPassed(backups.run("drill", "staging", "vectors"), "PASS  recorded");
            assertPassed(backups.run("list", "staging", "vectors", "--max-age", "1", "--max-drill-age", "1"), "PASS  drill");
            backups.database("staging", "vectors", restored.name());

            assertPassed(backups.run("restore", "staging", "vectors"), "");

            assertEqual(original, restored);
        }
    }

    /** Covers every kind of object and value that a product can have in addition to those of the changelog. */
    @Test
    void restoreOfDescribeItKeepsEveryKindOfProductObject() {
        String accounts = """
                create table auth.identities (id bigserial primary key, user_id uuid references auth.users (id), data jsonb,
                    email text generated always as (lower(data ->> 'email')) stored);
                grant all on auth.identities to postgres;
                grant all on sequence auth.identities_id_seq to postgres;
                create publication supabase_realtime;
                alter publication supabase_realtime owner to postgres
                """;
        try (Database original = Database.openMigrated("describe-it"); Database restored = Database.openNewProject("describe-it")) {
            original.operator().script(accounts);
            restored.operator().script(accounts);
            original.owner().script(Fixture.of("describe-it"));
            original.owner().script("""
                    create type public.mood as enum ('glad', 'so so');
                    create domain public.short as text check (length(value) < 10);
                    create sequence public.ticket start 100;
                    create table public.odd (
                        id bigint generated always as identity primary key, "Mixed Case" public.mood, n public.short, bytes bytea, doc jsonb, list text[],
                        price numeric, ratio double precision, at timestamptz, span tstzrange, word text, doubled text generated always as (word || word) stored,
                        parent bigint references public.odd (id) deferrable initially deferred, serial integer default nextval('public.ticket'),
                        exclude using gist (span with &&)
                    );
                    alter table public.odd enable row level security;
                    create unique index odd_word on public.odd (lower(word)) where word is not null;
                    insert into public.odd ("Mixed Case", n, bytes, doc, list, price, ratio, at, span, word, parent) values
                        ('glad', 'short', '\\x00ff5c0a', '{"a": [null, "\\u00e9", "\\\\"]}', array['x', null, '"', ',', ''], 1.10, 0.1, '2026-01-05 01:02:03.456789+08', '[2026-01-01,2026-02-01)', E'é\\t\\n\\\\N', 2),
                        (null, null, null, null, '{}', 'NaN', 'Infinity', 'infinity', null, null, 1);
                    -- The highest value of an identity may be gone.
                    insert into public.odd (word) values ('gone');
                    delete from public.odd where word = 'gone';
                    set constraints all immediate;
                    alter table public.odd add constraint odd_price check (price < 1) not valid;
                    create table public.parts (id integer, at date not null) partition by range (at);
                    create table public.parts_2026 partition of public.parts for values from ('2026-01-01') to ('2027-01-01');
                    alter table public.parts enable row level security;
                    alter table public.parts_2026 enable row level security;
                    insert into public.parts values (1, '2026-05-05');
                    create view public.odd_keys with (security_invoker = true) as select k.id, o.word from public.user_api_keys as k, public.odd as o where (o.id = 1 or o.id = 2) and o.word is not null;
                    create materialized view public.odd_count as select count(*) as n from public.odd;
                    create function public.on_account() returns trigger language plpgsql security definer set search_path = ''
                        as $$ begin insert into public.odd (word) values ('account ' || new.id); return new; end $$;
                    create trigger product_account after insert on auth.users for each row execute function public.on_account();
                    create policy product_files on storage.objects for select to authenticated using ((bucket_id = 'mine'::text) and (owner_id is not null));
                    create policy odd_read on public.odd for select to authenticated using ((id = 1 or id = 2) and word is not null);
                    create trigger odd_off before update on public.odd for each row execute function public.update_updated_at_column();
                    alter table public.odd disable trigger odd_off;
                    alter publication supabase_realtime add table public.odd;
                    insert into auth.identities (user_id, data) select u.id, '{"email": "A@B.C"}' from auth.users as u limit 1;
                    grant select on public.odd to authenticated;
                    revoke all on public.odd from anon;
                    comment on table public.odd is 'Odd ''things''.'
                    """);
            backups.database("staging", "describe-it", original.name());
            assertThat(backups.run("take", "staging", "describe-it").out())
                    .contains("FAIL  tables     in no list: public.odd public.parts.").endsWith("0 passed, 1 failed\n");
            backups.addProductTables("describe-it", "public.odd", "public.parts");
            take("describe-it", original);
            backups.database("staging", "describe-it", restored.name());

            assertPassed(backups.run("restore", "staging", "describe-it"), "3 as in the manifest");

            assertEqual(original, restored);
            restored.owner().update("insert into auth.users (id, email) values (gen_random_uuid(), 'dora@example.com')");
            assertThat(restored.count("public.odd where word like 'account %'")).as("rows added by the product's trigger").isEqualTo(
                    original.count("public.odd where word like 'account %'") + 1);
        }
    }

    /** Commits the fixture, which has at least one row per table, after the snapshot of the backup and before it reads the first row. */
    @TestFactory
    Stream<DynamicTest> rowsWrittenDuringABackupAreNotInIt() {
        Map<String, String> before = Map.of(
                "polaris", "select",
                "connect", "insert into auth.users (id, email) values (gen_random_uuid(), 'first@example.com')",
                "vectors", "insert into public.game_profiles (display_name) values ('first')",
                "describe-it", "insert into public.users (email) values ('first@example.com')");
        Map<String, String> locked = Map.of("polaris", "public.attempts", "connect", "public.matches", "vectors", "public.action_events",
                "describe-it", "public.user_api_keys");
        return Changelog.systems().stream().map(system -> DynamicTest.dynamicTest(system, () -> {
            try (Database database = Database.openMigrated(system)) {
                database.owner().script(before.get(system));
                Map<String, Long> rows = counts(database);
                backups.database("staging", system, database.name());
                Started take;
                try (Connection writer = TestServer.get().server().connect(database.name(), Server.MIGRATOR); Statement statement = writer.createStatement()) {
                    writer.setAutoCommit(false);
                    statement.execute("lock table " + locked.get(system) + " in access exclusive mode");
                    take = backups.start("take", "staging", system);
                    database.awaitWaiting(1);
                    statement.execute(Fixture.of(system));
                    writer.commit();
                }

                assertPassed(take.await(), "PASS  stored");
                assertThat(counts(database)).as("rows after the backup").isNotEqualTo(rows);
                assertThat(backups.rows(system)).containsExactlyInAnyOrderEntriesOf(rows);
            }
        }));
    }

    /** Rows written while a backup runs do not change the result of verify.sql that the backup stores. */
    @Test
    void verifyRunsOnTheSnapshotOfTheBackup() throws Exception {
        try (Database vectors = Database.openMigrated("vectors")) {
            vectors.owner().script(Fixture.of("vectors"));
            backups.database("staging", "vectors", vectors.name());
            Started take;
            try (Connection writer = TestServer.get().server().connect(vectors.name(), Server.MIGRATOR); Statement statement = writer.createStatement()) {
                writer.setAutoCommit(false);
                statement.execute("lock table public.action_events in access exclusive mode");
                take = backups.start("take", "staging", "vectors");
                vectors.awaitWaiting(1);
                statement.execute("delete from public.vector_progress where vector = 'mind'");
                writer.commit();
            }

            Command.Result run = take.await();
            assertPassed(run, "PASS  stored");
            assertThat(run.out()).doesNotContain("INFO  verify");
        }
    }

    private static Map<String, Long> counts(Database database) {
        Session operator = database.operator();
        return operator.column(String.class, TABLES).stream().filter(table -> !table.startsWith("extensions."))
                .collect(Collectors.toMap(table -> table, table -> operator.value(Long.class, "select count(*) from " + table)));
    }

    private void take(String system, Database original) {
        backups.database("staging", system, original.name());
        assertPassed(backups.run("take", "staging", system), "PASS  stored");
    }

    private static void assertPassed(Command.Result run, String words) {
        assertThat(run.out()).contains(words).endsWith(" passed, 0 failed\n");
        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("FAIL"));
        assertThat(run.status()).isZero();
    }

    private static void assertEqual(Database original, Database restored) {
        assertThat(normal(restored).differencesFrom(normal(original))).as("catalog").isEmpty();
        assertThat(contents(restored)).as("rows").isEqualTo(contents(original));
        assertThat(restored.operator().column(String.class, SEQUENCES)).as("sequences").isEqualTo(original.operator().column(String.class, SEQUENCES));
    }

    /** Loading a dump adds parentheses to checks and views of the product; {@link Expression} removes redundant parentheses. */
    private static Catalog normal(Database database) {
        Map<String, String> objects = new TreeMap<>(Catalog.of(database.operator()).objects());
        objects.replaceAll((name, definition) -> name.startsWith("function ") ? definition : Expression.normal(definition));
        return new Catalog(objects);
    }

    /** Hash of the rows of each table, independent of their order. */
    private static Map<String, String> contents(Database database) {
        Session operator = database.operator();
        return operator.column(String.class, TABLES).stream().collect(Collectors.toMap(table -> table, table -> operator.value(String.class,
                "select coalesce(string_agg(t::text, chr(10) order by t::text), '') from " + table + " as t"), (one, other) -> one, TreeMap::new));
    }
}
