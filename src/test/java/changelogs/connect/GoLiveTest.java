package changelogs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Catalog;
import changelogs.testing.Changelog;
import changelogs.testing.Changelog.LiquibaseFailed;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In production the astro fields are deployed first; Connect is deployed with the context connect-live. */
class GoLiveTest {

    private static final List<String> TABLES =
            List.of("connect_profiles", "matches", "blind_chats", "blind_chat_messages", "reveals", "match_feedback");

    @RegisterExtension
    final Database connect = Database.before("connect");

    private Changelog waiting;
    private Changelog live;

    @BeforeEach
    void production() {
        waiting = connect.changelog().in("production");
        live = connect.changelog().in("production,connect-live");
    }

    @Test
    void productionGetsAstroFieldsButNotConnect() {
        waiting.update();

        assertThat(applied()).isNotEmpty().allMatch(id -> id.startsWith("0000-") || id.startsWith("0001-"));
        assertThat(columns()).hasSize(11);
        assertThat(tables()).isEmpty();
        assertThat(connect.operator().value(String.class, "select tag from " + Changelog.LOG + " where tag is not null order by orderexecuted desc limit 1"))
                .isEqualTo("0001");
    }

    @Test
    void statusListsConnectAsPendingWithTheContext() {
        waiting.update();

        assertThat(status(live)).contains("0002-connect-profiles", "0009-row-security").doesNotContain("0001-astro-profile-fields");
        assertThat(status(waiting)).contains("is up to date");
    }

    @Test
    void connectIsDeployedWithItsContext() {
        waiting.update();
        Catalog before = Catalog.of(connect.operator());

        live.update();

        assertThat(tables()).containsExactlyInAnyOrderElementsOf(TABLES);
        assertThat(status(live)).contains("is up to date");
        live.rollbackToTag("0001");
        assertThat(Catalog.of(connect.operator()).objects()).as("catalog after Connect is rolled back").isEqualTo(before.objects());
        live.update();
        assertThat(tables()).hasSize(6);
    }

    @Test
    void stagingAndProductionHaveTheSameCatalog() {
        waiting.update();
        live.update();
        Catalog production = Catalog.of(connect.operator());
        try (Database staging = Database.open("connect")) {
            staging.changelog().in("staging").update();

            assertThat(Catalog.of(staging.operator()).objects()).isEqualTo(production.objects());
        }
    }

    @Test
    void rollbackByCountOfAstroFieldsRestoresTheCatalog() {
        Session operator = connect.operator();
        Catalog before = Catalog.of(operator);
        waiting.update();

        waiting.rollbackCount(applied().size());

        assertThat(Catalog.of(operator).objects()).isEqualTo(before.objects());
        assertThat(applied()).isEmpty();
    }

    @Test
    void rollbackByCountRollsBackTheLatestChangesetsOfConnect() {
        waiting.update();
        live.update();
        int all = applied().size();

        live.rollbackCount(2);

        assertThat(applied()).hasSize(all - 2).doesNotContain("0009-functions-privileges", "0009-my-reveals-privileges")
                .contains("0009-my-blind-chat-messages-privileges", "0009-match-feedback-access");
    }

    @Test
    void runsWithoutTheContextFailAfterGoLive() {
        waiting.update();
        live.update();
        int all = applied().size();

        assertThatThrownBy(waiting::status).isInstanceOf(LiquibaseFailed.class).hasMessageContaining("-Dliquibase.contexts=production,connect-live");
        assertThatThrownBy(() -> waiting.rollbackCount(1)).hasMessageContaining("Connect is live");
        assertThatThrownBy(() -> waiting.rollbackToTag("0000")).hasMessageContaining("Connect is live");
        assertThat(applied()).hasSize(all);
    }

    @Test
    void runsWithoutTheContextWorkAfterConnectIsRolledBack() {
        waiting.update();
        live.update();
        live.rollbackToTag("0001");

        waiting.update();

        assertThat(tables()).isEmpty();
        assertThat(columns()).hasSize(11);
    }

    @Test
    void connectDeployedFromTheStartCanBeRolledBackAndLeftPending() {
        live.update();
        live.rollbackToTag("0001");

        waiting.update();

        assertThat(tables()).isEmpty();
        assertThat(columns()).hasSize(11);
    }

    private List<String> applied() {
        return connect.operator().column(String.class, "select id from " + Changelog.LOG + " order by orderexecuted");
    }

    private List<String> tables() {
        return connect.operator().column(String.class, "select tablename::text from pg_tables where schemaname = 'public' and tablename = any (?)",
                (Object) TABLES.toArray(new String[0]));
    }

    private List<String> columns() {
        return connect.operator().column(String.class, """
                select attname::text from pg_attribute
                where attrelid = 'public.users'::regclass and not attisdropped and col_description(attrelid, attnum) like '%Added by the changelog connect.'
                """);
    }

    private static String status(Changelog changelog) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        changelog.run("status", Map.of("verbose", true), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
