package changelogs.polaris;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import changelogs.testing.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the deletion of an account removes, what it keeps, and that ops/polaris/account-deletion.md says so. */
class AccountDeletionTest {

    private static final Path PAGE = Path.of("ops/polaris/account-deletion.md");
    /** Columns with ids of providers and codes of affiliates, which have her name in the fixture. */
    private static final String GIVEN_IDS = "public[.]((affiliates|affiliate_links)[.]code|(paypal|paymongo)_.*[.](id|order_id|payment_intent_id|payment_ref|event_id|about|reports)"
            + "|.*[.](event_id|payment_ref|object_ref|subscription_ref))";

    /** Statements that write for an account without rows. */
    private static final String WRITES = """
            select public.log_event('page_viewed')
            select public.choose_coach('demo')
            select public.start_session('%1$s', '00d10000-0000-4000-8000-000000000001')
            select public.open_ticket('Help', 'Please help.')
            select public.record_product_rec_event('click', 'home', '00150000-0000-4000-8000-000000000001')
            select public.mint_realtime_token()
            select public.apply_as_affiliate('partners')
            select public.attach_affiliate_referral('%1$s', p_code => 'bob-talks')
            select public.diagnostic_start('%1$s', 'placement')
            select public.adaptive_next_drill('%1$s', 'demo', 'introduction')
            select public.keep_expression('b0b00000-0000-4000-8000-0000000000d4')
            select public.report_expression('b0b00000-0000-4000-8000-0000000000d4', 'A typo.')
            insert into public.saved_filters (user_id, name, criteria) values ('%1$s', 'Mine', '{"difficulties": [1]}')
            insert into storage.objects (bucket_id, name, owner_id) values ('user-media', '%1$s/b.mp3', '%1$s')
            """;

    private static final String UPLOAD = "insert into storage.objects (bucket_id, name, owner_id) values ('user-media', '%1$s/a.mp3', '%1$s')";

    private static final String RELATIONS = """
            select c.oid::regclass::text
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('public', 'private', 'storage')
            """;

    /** A call of each function that accounts may execute, with its required arguments and its ids. */
    private static final String FUNCTIONS = """
            select format('select %I.%I(%s)', p.pronamespace::regnamespace, p.proname, string_agg(format('%I => %L', a.name, case
                when a.type = 'uuid'::regtype then case when a.name ~ 'user|^uid$' then ? else '{id}' end
                when a.type = 'uuid[]'::regtype then '{{id}}'
                when a.type in ('integer'::regtype, 'smallint'::regtype, 'bigint'::regtype, 'numeric'::regtype, 'boolean'::regtype) then '1'
                when a.type in ('date'::regtype, 'timestamptz'::regtype) then 'tomorrow'
                when a.type = 'text'::regtype then 'demo'
                else '{}'
            end), ', ') filter (where a.name is not null))
            from pg_catalog.pg_proc as p
            left join lateral unnest(p.proargtypes::oid[], p.proargnames[1:p.pronargs]) with ordinality as a (type, name, place)
                on a.place <= p.pronargs - p.pronargdefaults or a.type = 'uuid'::regtype
            where p.pronamespace = 'public'::regnamespace
                and has_function_privilege('authenticated', p.oid, 'EXECUTE')
            group by p.oid
            """;

    /** Copies of the rows of a table that name one account, for another account, with the columns that accounts may insert. */
    private static final String INSERTS = """
            select format('insert into %1$s (%%1$s) select %%1$s from jsonb_populate_record(null::%1$s, %%2$L)', c.names, replace(to_jsonb(t)::text, x.of_one, x.of_other))
            from %1$s as t
            cross join (
                select string_agg(quote_ident(a.attname), ', ') as names
                from pg_catalog.pg_attribute as a
                where a.attrelid = '%1$s'::regclass
                    and a.attnum > 0
                    and a.attname <> 'id'
                    and has_column_privilege('authenticated', a.attrelid, a.attnum, 'INSERT')
            ) as c
            cross join (values (?, ?)) as x (of_one, of_other)
            where c.names is not null
                and to_jsonb(t)::text like '%%' || x.of_one || '%%'
            """;

    @RegisterExtension
    final Database polaris = Database.ofItsOwn("polaris");

    private Session owner;
    private Session operator;

    /** Alice has rows in every table; support, admins and providers wrote about her. */
    @BeforeEach
    void useEverything() {
        owner = polaris.owner();
        operator = polaris.operator();
        owner.script(Fixture.of("polaris"));
        Session alice = polaris.as(ALICE);
        Session admin = polaris.as(ADMIN);
        Session service = polaris.as(SERVICE);
        alice.rows("select public.log_event('page_viewed', '{\"note\": \"Alice was here\"}')");
        alice.rows("select public.open_ticket(p_subject => 'Alice cannot pay', p_body_text => 'I am Alice.', p_meta => '{\"device\": \"Alice''s phone\"}')");
        service.rows("select public.open_ticket_for(p_user => null, p_subject => 'Alice again', p_body_text => 'It is Alice.', p_channel => 'email',"
                + " p_reporter_email => 'Alice@Example.com', p_reporter_name => 'Alice')");
        alice.rows("select public.record_product_rec_event('click', 'home', '00150000-0000-4000-8000-000000000001', p_meta => '{\"note\": \"Alice\"}')");
        admin.rows("select public.set_user_role(?, 'admin')", ALICE.account());
        admin.rows("select public.set_user_role(?, 'user')", ALICE.account());
        admin.update("update public.user_limits set reason = 'Alice asked for it.', value = 50 where user_id = ?", ALICE.account());
        admin.update("insert into public.user_limits (user_id, key, value, reason) values (?, 'tts_chars_daily', 600, 'For Alice.')", ALICE.account());
        alice.update("update public.affiliates set payout_method = '{\"bank\": \"Alice 1234\"}', website = 'https://alice.example' where user_id = ?", ALICE.account());
        for (String title : List.of("To some, draft", "To some, approved")) {
            admin.update("insert into public.admin_messages (title, body_text, audience_filter) values (?, 'Hello.', ?::jsonb)", title,
                    "{\"user_ids\": [\"" + ALICE.account() + "\", \"" + BOB.account() + "\"]}");
        }
        admin.rows("select public.admin_message_set_state(id, 'approved') from public.admin_messages where title = 'To some, approved'");
        tellPaypal(service, "WH-1");
        tellPaymongo(service, "evt_1");
        admin.rows("select public.claim_payment(id, ?, 'pro') from public.payments where payment_ref = 'CAPTURE-UNCLAIMED'", ALICE.account());
    }

    /** Of a checkout that carries her id, and a payment that does not say whose it is. */
    private static void tellPaypal(Session service, String event) {
        for (String custom : List.of("\"" + ALICE.account().toString().toUpperCase() + ":pro-usd\"", "null")) {
            service.rows("""
                    select public.paypal_log_event(b ->> 'id', b ->> 'event_type', 't', 's', b, now())
                    from (select ?::jsonb as b) as body
                    """, """
                    {"id": "%1$s", "event_type": "PAYMENT.CAPTURE.COMPLETED", "create_time": "2025-01-03T00:00:00Z", "resource": {"id": "CAPTURE-%2$s", "status": "COMPLETED",
                        "amount": {"value": "9.00", "currency_code": "USD"}, "create_time": "2025-01-03T00:00:00Z", "custom_id": %3$s,
                        "payer": {"email_address": "alice@example.com", "name": "Alice"}}}
                    """.formatted(event + custom.length(), custom.equals("null") ? "UNCLAIMED" : event, custom));
        }
    }

    private static void tellPaymongo(Session service, String event) {
        service.rows("""
                select public.paymongo_log_event(b #>> '{data,id}', b #>> '{data,attributes,type}', 's', b, now())
                from (select ?::jsonb as b) as body
                """, """
                {"data": {"id": "%1$s", "type": "event", "attributes": {"type": "payment.paid", "livemode": true, "data": {"id": "pay_%1$s", "type": "payment", "attributes":
                    {"amount": 49900, "currency": "PHP", "status": "paid", "paid_at": 1735700000, "billing": {"email": "alice@example.com", "name": "Alice"},
                     "metadata": {"user_id": "%2$s", "price_id": "pro-php"}}}}}}
                """.formatted(event, ALICE.account()));
    }

    private void delete(Caller caller) {
        operator.update("delete from auth.users where id = ?", caller.account());
    }

    @Test
    void deletedAccountIsNamedNowhere() {
        delete(ALICE);
        assertThat(Traces.of(operator, ALICE.account().toString(), "alice@example.com")).isEmpty();

        assertThat(owner.column(String.class, "select audience_filter::text from public.admin_messages where title like 'To some%'")).hasSize(2)
                .containsOnly("{\"user_ids\": [\"00000000-0000-0000-0000-000000000000\", \"" + BOB.account() + "\"]}");

        tellPaypal(polaris.as(SERVICE), "WH-2");
        tellPaymongo(polaris.as(SERVICE), "evt_2");
        assertThat(Traces.of(operator, ALICE.account().toString(), "alice@example.com")).as("after events that came later").isEmpty();
        assertThat(Traces.of(operator, "alice").stream().filter(column -> !column.matches(GIVEN_IDS))).as("columns with her name").containsExactly(
                // The reason that an admin gave for an exception.
                "public.audit_logs.patch");
    }

    @Test
    void deletedStaffAreNamedNowhere() {
        polaris.as(ADMIN).update("update public.tickets set assigned_to = ?", ADMIN.account());
        owner.update("update public.profiles set role = 'admin' where id = ?", BOB.account());
        delete(ADMIN);

        assertThat(Traces.of(operator, ADMIN.account().toString(), "admin@example.com")).isEmpty();
    }

    @Test
    void pageSaysWhatIsKept() throws IOException {
        Map<String, List<Object>> named = new TreeMap<>();
        Map<String, String> keys = new TreeMap<>();
        for (Map<String, Object> table : operator.rows("""
                select format('%I.%I', n.nspname, c.relname) as name, string_agg(format('t.%I::text', a.attname), ' || '' '' || ' order by a.attnum) as key
                from pg_catalog.pg_class as c
                join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('public', 'private')
                join pg_catalog.pg_index as i on i.indrelid = c.oid and i.indisprimary
                join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = any (i.indkey)
                where c.relkind = 'r'
                group by 1
                """)) {
            keys.put((String) table.get("name"), (String) table.get("key"));
        }
        keys.forEach((table, key) -> {
            List<Object> rows = operator.column(Object.class, "select " + key + " from " + table + " as t where to_jsonb(t)::text ilike any (?)",
                    operator.arrayOf("text", "%" + ALICE.account() + "%", "%alice%"));
            if (!rows.isEmpty()) {
                named.put(table, rows);
            }
        });

        delete(ALICE);

        List<String> kept = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        named.forEach((table, rows) -> {
            List<String> columns = operator.column(String.class, """
                    select field.key
                    from %1$s as t
                    cross join lateral jsonb_each(to_jsonb(t)) as field
                    where %2$s = any (?)
                        and field.value not in ('null', '{}', '[]', 'false', '0', '""')
                    group by field.key
                    order by min((select a.attnum from pg_catalog.pg_attribute as a where a.attrelid = '%1$s'::regclass and a.attname = field.key))
                    """.formatted(table, keys.get(table)), operator.arrayOf("text", rows.toArray()));
            if (columns.isEmpty()) {
                deleted.add(table);
            } else {
                kept.add("| `%s` | %s |".formatted(table, String.join(", ", columns)));
            }
        });
        List<String> lines = Files.readAllLines(PAGE);
        assertThat(lines.stream().filter(line -> line.startsWith("| `public.") || line.startsWith("| `private."))
                .map(line -> line.substring(0, line.lastIndexOf(" | ") + 2)).toList()).as("rows that are kept, with their columns").containsExactlyElementsOf(kept);
        assertThat(lines).as("rows that are deleted").contains(String.join(", ", deleted.stream().map(table -> "`" + table + "`").toList()) + ".");
    }

    @Test
    void tokenOfADeletedAccountReadsOnlyWhatATokenWithoutAccountReads() {
        Session alice = polaris.as(ALICE);
        Session nobody = polaris.as(new Caller("authenticated", null));
        alice.update(UPLOAD.formatted(ALICE.account()));
        List<String> relations = operator.column(String.class, RELATIONS + " where c.relkind in ('r', 'v')");
        assertThat(relations.stream().filter(relation -> rowsRead(alice, relation) > rowsRead(nobody, relation))).as("what she reads before").hasSizeGreaterThan(50);
        delete(ALICE);

        assertThat(relations.stream().filter(relation -> rowsRead(alice, relation) > rowsRead(nobody, relation))).isEmpty();
    }

    private static int rowsRead(Session session, String relation) {
        try {
            return session.value(Integer.class, "select count(*)::integer from " + relation);
        } catch (SqlFailed refused) {
            assertThat(refused.state()).isEqualTo(INSUFFICIENT_PRIVILEGE);
            return 0;
        }
    }

    @Test
    void tokenOfADeletedAccountWritesNothing() {
        owner.update("insert into auth.users (id, email) values (?, 'stranger@example.com')", STRANGER.account());
        Session stranger = polaris.as(STRANGER);
        for (String call : WRITES.formatted(STRANGER.account()).lines().toList()) {
            List<String> state = rowsOfEachTable();
            stranger.update(call);
            assertThat(rowsOfEachTable()).as("an account that exists: %s", call).isNotEqualTo(state);
        }
        Session alice = polaris.as(ALICE);
        alice.update(UPLOAD.formatted(ALICE.account()));
        delete(ALICE);
        List<String> state = rowsOfEachTable();

        Stream.of(WRITES.formatted(ALICE.account()).lines(), callsOfEachFunction(), writesToEachTable()).flatMap(writes -> writes)
                .forEach(write -> assertThat(rowsWritten(alice, write)).as(write).isZero());
        assertThat(rowsOfEachTable()).isEqualTo(state);
    }

    /** Calls with her id for an account, and with one id of each table for the others. */
    private Stream<String> callsOfEachFunction() {
        List<String> ids = operator.column(String.class, RELATIONS + " join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype"
                + " where c.relkind = 'r'").stream().flatMap(table -> operator.column(String.class, "select id::text from " + table + " order by id limit 1").stream()).toList();
        return operator.column(String.class, FUNCTIONS, ALICE.account().toString()).stream()
                .flatMap(call -> call.contains("{id}") ? ids.stream().map(id -> call.replace("{id}", id)) : Stream.of(call));
    }

    /** Deletes, updates of each column, and inserts of Bob's rows as hers. */
    private Stream<String> writesToEachTable() {
        return operator.column(String.class, RELATIONS + " where c.relkind = 'r'").stream().flatMap(table -> Stream.of(
                Stream.of("delete from " + table),
                operator.column(String.class, "select format('update %s set %2$I = %2$I', a.attrelid::regclass, a.attname) from pg_catalog.pg_attribute as a"
                        + " where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped", table).stream(),
                operator.column(String.class, INSERTS.formatted(table), BOB.account().toString(), ALICE.account().toString()).stream()).flatMap(writes -> writes));
    }

    private static int rowsWritten(Session session, String sql) {
        try {
            return session.update(sql);
        } catch (SqlFailed refused) {
            assertThat(refused.state()).as(sql).doesNotStartWith("XX");
            return 0;
        }
    }

    private List<String> rowsOfEachTable() {
        return operator.column(String.class, RELATIONS + " where c.relkind = 'r'").stream()
                .map(table -> table + " " + operator.value(String.class, "select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) from " + table + " as t"))
                .toList();
    }
}
