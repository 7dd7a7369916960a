package changelogs.polaris.money;

import changelogs.testing.Session;
import changelogs.testing.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Fixtures for deployments that use the context adyen. */
final class Adyen {

    /** Number of the migration before 0029, which archives Adyen. */
    static final String LAST = last();
    static final State BEFORE_ARCHIVE = State.upTo(LAST, "polaris", "local,adyen");
    static final State ARCHIVED = State.upTo("0029", "polaris", "local,adyen");

    /** Tables of Adyen, parents first. */
    static final List<String> TABLES = List.of("adyen_accounts", "adyen_sessions", "adyen_payments", "adyen_webhook_events");
    static final String VIEW = "v_adyen_latest_by_reference";
    static final String ACCOUNT = "0ad40000-0000-4000-8000-000000000001";

    private Adyen() {
    }

    /** Inserts a row into each table of a schema, for a user or without one. Triggers and foreign keys are disabled. */
    static void fill(Session operator, String schema, UUID person) {
        operator.script("""
                set local session_replication_role = replica;
                insert into SCHEMA.adyen_accounts (id, label, merchant_account) values ('ACCOUNT', 'Old', 'Polaris');
                insert into SCHEMA.adyen_sessions (account_id, user_id, session_id, session_data, reference, amount_minor, currency_code)
                    values ('ACCOUNT', PERSON, 's', 'd', 'r', 1, 'PHP');
                insert into SCHEMA.adyen_payments (account_id, user_id, psp_reference, merchant_reference, status, amount_minor, currency_code)
                    values ('ACCOUNT', PERSON, 'p', 'r', 'captured', 1, 'PHP');
                insert into SCHEMA.adyen_webhook_events (account_id, event_code, payload) values ('ACCOUNT', 'CAPTURE', '{}')
                """.replace("SCHEMA", schema).replace("ACCOUNT", ACCOUNT).replace("PERSON", person == null ? "null" : "'" + person + "'"));
    }

    private static String last() {
        try (Stream<Path> files = Files.list(Path.of("changelog/polaris"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*") && name.compareTo("0029") < 0)
                    .map(name -> name.substring(0, 4)).max(String::compareTo).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
