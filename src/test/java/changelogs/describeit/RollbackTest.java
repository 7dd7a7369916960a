package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rollback restores public.sessions, and keeps API keys and export history unless data loss is allowed. */
class RollbackTest {

    private static final String ENVELOPE = "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAA";

    @RegisterExtension
    final Database describeIt = Database.before("describe-it");

    @Test
    void rollbackRestoresSessions() {
        Session operator = describeIt.operator();
        Learners.populate(describeIt);
        Learners.crowd(operator, 3, 2);
        Map<String, String> before = ofTheProduct(operator);
        String rows = "select s::text from public.sessions as s order by s.id";
        var sessions = operator.rows(rows);
        describeIt.changelog().update();
        assertThat(ofTheProduct(operator)).isNotEqualTo(before);

        describeIt.changelog().rollbackToTag("0004");

        assertThat(ofTheProduct(operator)).isEqualTo(before);
        assertThat(operator.rows(rows)).isEqualTo(sessions);
        Learners.begin(describeIt.as(ALICE), ALICE, "qa");
        assertThat(describeIt.as(ALICE).update("update public.sessions set ended_at = now()")).as("sessions that end without the trigger").isOne();
    }

    @Test
    void sessionsAreIndexedByUserOnlyWhereTheProductHasNoIndex() {
        String indexed = "select indisvalid from pg_index where indexrelid = to_regclass('public.idx_sessions_user_id_describe_it')";
        Session operator = describeIt.operator();
        describeIt.changelog().update();
        assertThat(operator.rows(indexed)).isEmpty();
        describeIt.changelog().rollbackToTag("0004");
        operator.script("drop index public.idx_sessions_user_id, public.idx_sessions_user_started; create index product_brin on public.sessions using brin (user_id)");

        describeIt.changelog().update();

        assertThat(operator.column(Boolean.class, indexed)).containsExactly(true);
        describeIt.changelog().rollbackToTag("0004");
        assertThat(operator.rows(indexed)).isEmpty();
        assertThat(describeIt.count("pg_class where relname = 'product_brin'")).isOne();
    }

    @Test
    void rollbackKeepsKeysHistoryAndArchive() {
        describeIt.changelog().update();
        Session operator = describeIt.operator();
        operator.update("insert into public.users (id, email) values (?, 'alice@example.com')", ALICE.account());
        describeIt.as(ALICE).rows("select public.set_api_key('openai', ?)", ENVELOPE);
        describeIt.owner().update("insert into private.export_history_archive (id, user_id, created_at, entry) values (gen_random_uuid(), ?, now(), '{}')",
                ALICE.account());
        describeIt.as(ALICE).update("insert into public.export_history (user_id, export_type, export_format) values (auth.uid(), 'x', 'csv')");
        Catalog updated = Catalog.of(operator);
        assertThatThrownBy(() -> describeIt.changelog().rollbackToTag("0006")).hasMessageContaining("private.key_validations holds data");
        describeIt.owner().update("delete from private.key_validations");

        for (String table : new String[] {"private.export_history_archive", "public.export_history", "public.user_api_keys"}) {
            assertThatThrownBy(() -> rollBackEverything(describeIt.changelog())).isInstanceOf(LiquibaseFailed.class)
                    .hasMessageContaining(table + " holds data").hasMessageContaining("-DallowDataLoss=true").hasMessageNotContaining("enc:v1");
            assertThat(describeIt.count(table)).isOne();
            assertThatThrownBy(() -> describeIt.as(ALICE).rows("select id from public.user_api_keys")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            describeIt.changelog().update();
            assertThat(Catalog.of(operator).objects()).as("catalog after the next update").isEqualTo(updated.objects());
            describeIt.owner().update("delete from " + table);
            describeIt.owner().update("delete from public.user_progress");
        }
        rollBackEverything(describeIt.changelog());
    }

    @Test
    void rollbackDropsEverythingIfDataLossIsAllowed() {
        Session operator = describeIt.operator();
        Learners.populate(describeIt);
        Learners.crowd(operator, 2, 2);
        Catalog before = Catalog.of(operator);
        describeIt.changelog().update();
        describeIt.as(ALICE).rows("select public.set_api_key('openai', ?)", ENVELOPE);

        assertThatThrownBy(() -> rollBackEverything(describeIt.changelog())).hasMessageContaining("private.key_validations holds data");
        describeIt.owner().update("delete from private.key_validations");
        assertThatThrownBy(() -> rollBackEverything(describeIt.changelog())).hasMessageContaining("public.user_progress holds data");
        rollBackEverything(describeIt.changelog().allowingDataLoss());

        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
        assertThat(describeIt.count("public.sessions")).isEqualTo(4);
    }

    @Test
    void rollbackKeepsObjectsThatExistedBefore() {
        describeIt.owner().script("""
                create schema private;
                create function private.of_the_product() returns integer language sql as 'select 1';
                """);
        Session operator = describeIt.operator();
        Catalog before = Catalog.of(operator);

        describeIt.changelog().update();
        rollBackEverything(describeIt.changelog());

        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
    }

    private void rollBackEverything(Changelog changelog) {
        changelog.rollbackCount(Math.toIntExact(describeIt.count(Changelog.LOG)));
    }

    private static Map<String, String> ofTheProduct(Session operator) {
        Map<String, String> objects = new TreeMap<>(Catalog.of(operator).objects());
        objects.keySet().removeIf(name -> !name.contains("public.sessions") && !name.contains("calculate_session_duration"));
        return objects;
    }
}
