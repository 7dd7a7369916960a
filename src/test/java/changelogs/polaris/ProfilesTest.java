package changelogs.polaris;

import static changelogs.polaris.People.COACH;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import changelogs.testing.State;
import changelogs.testing.SqlFailed;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles are created on sign-up; owners read them and update some columns, and cannot raise their own rights. */
class ProfilesTest {

    private static final State WITH_PROFILES = State.upTo("0002", "polaris", "local");
    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    @Test
    void signUpCreatesAProfileAndTakesOnlyTheNameFromUserMetadata() {
        Session auth = polaris.operator();
        UUID account = UUID.randomUUID();

        auth.script("set local role supabase_auth_admin; insert into auth.users (id, email, raw_user_meta_data) values ('" + account
                + "', 'new@example.com', '{\"full_name\": \"  New\\n\\u202eName  \", \"role\": \"admin\", \"tier\": \"vip\"}')");

        assertThat(owner.rows("select email, full_name, role, tier from public.profiles where id = ?", account))
                .containsExactly(row("email", "new@example.com", "full_name", "New Name", "role", "user", "tier", "free"));
    }

    @Test
    void signUpWorksWithoutTheUserMetadataColumn() {
        polaris.operator().script("alter table auth.users drop column raw_user_meta_data");
        UUID account = UUID.randomUUID();

        owner.update("insert into auth.users (id) values (?)", account);

        assertThat(owner.rows("select email, full_name from public.profiles where id = ?", account))
                .containsExactly(row("email", null, "full_name", null));
    }

    @Test
    void updateFailsOnADatabaseWithoutAuthUsers() {
        try (Database elsewhere = Database.open("polaris")) {
            elsewhere.operator().script("drop table auth.users");

            assertThatThrownBy(() -> elsewhere.changelog().update())
                    .hasMessageContaining("Missing: auth.users.").hasMessageContaining("this is not the database of a Supabase project");
        }
    }

    @Test
    void profileFollowsEmailChangesAndIsDeletedWithTheAccount() {
        polaris.operator().script("set local role supabase_auth_admin; update auth.users set email = 'moved@example.com' where id = '" + ALICE.account() + "'");
        assertThat(owner.value(String.class, "select email from public.profiles where id = ?", ALICE.account())).isEqualTo("moved@example.com");

        polaris.as(ALICE).value(UUID.class, "select public.start_session(?, ?)", ALICE.account(), People.DRILL);
        polaris.operator().script("set local role supabase_auth_admin; delete from auth.users where id = '" + ALICE.account() + "'");
        assertThat(owner.rows("select from public.profiles where id = ?", ALICE.account())).isEmpty();
        assertThat(polaris.count("public.sessions")).isZero();
        assertThat(owner.column(String.class, "select name from public.events where user_id is null")).containsExactly("practice_started");
    }

    @Test
    void ownersReadAndUpdateOnlyTheirProfile() {
        assertThat(polaris.as(ALICE).column(UUID.class, "select id from public.profiles")).containsExactly(ALICE.account());
        assertThat(polaris.as(ALICE).update("update public.profiles set full_name = 'Alice', timezone = 'Asia/Cebu', daily_target_minutes = 15")).isOne();
        assertThat(polaris.as(ALICE).update("update public.profiles set avatar_url = id || '/me.webp'")).isOne();
        assertThat(polaris.as(ALICE).update("update public.profiles set full_name = 'x' where id = ?", BOB.account())).isZero();
        assertThat(owner.column(String.class, "select full_name from public.profiles where full_name is not null")).containsExactly("Alice");
    }

    @Test
    void profileColumnsHaveLengthLimits() {
        for (String change : new String[] {"avatar_url = 'https://example.com/' || repeat('x', 2000)", "avatar_url = 'javascript:alert(1)'", "avatar_url = 'http://example.com/x.webp'",
                "avatar_url = '" + BOB.account() + "/x.webp'", "avatar_url = id || '/%2e%2e/" + BOB.account() + "/x.webp'", "profession = repeat('x', 201)", "practice_focus = repeat('x', 201)", "language = repeat('x', 36)",
                "domains = array_fill('x'::text, array[51])", "domains = array[repeat('x', 4001)]"}) {
            assertThatThrownBy(() -> polaris.as(ALICE).update("update public.profiles set " + change)).as(change).is(sqlState(CHECK_VIOLATION));
        }
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.start_session(p_user => ?, p_tool => repeat('x', 101))", ALICE.account()))
                .is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void usersSeeOnlyTheirProfileAndVisitorsNone() {
        assertThat(polaris.as(STRANGER).column(UUID.class, "select id from public.profiles")).containsExactly(STRANGER.account());
        assertThatThrownBy(() -> polaris.as(ANON).rows("select id from public.profiles")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void adminsSeeAllProfiles() {
        assertThat(polaris.as(ADMIN).column(UUID.class, "select id from public.profiles")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role = 'admin'", "tier = 'vip'", "email = 'x@example.com'", "id = 'b0b00000-0000-4000-8000-000000000002'",
        "active_coach_key = 'demo'", "referral_code = 'x'", "last_seen_at = now()", "created_at = now()"})
    void nobodyRaisesOneself(String change) {
        for (Caller caller : List.of(ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).update("update public.profiles set " + change)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void guardTriggerProtectsRoleAndTierDespiteAnUpdateGrant() {
        owner.script("grant update on public.profiles to authenticated");

        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.profiles set role = 'admin'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.profiles set tier = 'vip'")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ALICE).update("update public.profiles set full_name = 'Alice'")).isOne();
    }

    @Test
    void usersCannotInsertOrDeleteProfiles() {
        assertThatThrownBy(() -> polaris.as(ALICE).update("insert into public.profiles (id, role) values (gen_random_uuid(), 'admin')"))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).update("delete from public.profiles")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void isAdminAnswersOnlyAboutTheCaller() {
        assertThat(polaris.as(ADMIN).value(Boolean.class, "select public.is_admin(?)", ADMIN.account())).isTrue();
        assertThat(polaris.as(ADMIN).value(Boolean.class, "select public.is_admin(?)", ALICE.account())).isFalse();
        assertThat(polaris.as(ALICE).value(Boolean.class, "select public.is_admin(?)", ADMIN.account())).isFalse();
        assertThat(polaris.as(ALICE).value(Boolean.class, "select public.is_admin(?)", ALICE.account())).isFalse();
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.is_admin(null)")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select private.is_admin()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void adminGrantsAdminRoleAndAuditLogRecordsIt() {
        polaris.as(ADMIN).rows("select public.set_user_role(?, 'admin')", ALICE.account());

        assertThat(polaris.as(ALICE).value(Boolean.class, "select public.is_admin(?)", ALICE.account())).isTrue();
        assertThat(polaris.as(ALICE).rows("select actor_user_id, action, row_id, patch::text from public.audit_logs where subject_user_id = ? and actor_user_id is not null",
                ALICE.account()))
                .containsExactly(row("actor_user_id", ADMIN.account(), "action", "update", "row_id", null, "patch", "{\"role\": [\"user\", \"admin\"]}"));
    }

    @Test
    void onlyAdminsSetRoles() {
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.set_user_role(?, 'admin')", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.set_user_role(?, 'admin')", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.set_user_role(?, 'owner')", ALICE.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.set_user_role(gen_random_uuid(), 'user')")).is(sqlState(NO_DATA_FOUND));
        polaris.as(SERVICE).rows("select public.set_user_role(?, 'admin')", BOB.account());
        assertThat(owner.column(UUID.class, "select id from public.profiles where role = 'admin'")).containsExactlyInAnyOrder(ADMIN.account(), BOB.account());
    }

    @Test
    @OfItsOwn
    void lastAdminKeepsTheRoleUnderConcurrentRevokes() throws Exception {
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.set_user_role(?, 'user')", ADMIN.account())).is(sqlState(WRONG_STATE));

        polaris.as(ADMIN).rows("select public.set_user_role(?, 'admin')", ALICE.account());
        Session first = polaris.as(ADMIN);
        Session second = polaris.as(ALICE);
        CompletableFuture<String> one = Meanwhile.get(() -> state(first, ALICE));
        CompletableFuture<String> other = Meanwhile.get(() -> state(second, ADMIN));

        assertThat(List.of(one.get(), other.get())).contains("").containsAnyOf(WRONG_STATE, INSUFFICIENT_PRIVILEGE);
        assertThat(owner.value(Long.class, "select count(*) from public.profiles where role = 'admin'")).isOne();
    }

    @Test
    @OfItsOwn
    void adminRevokedConcurrentlyCannotGrantTheRole() throws Exception {
        polaris.as(ADMIN).rows("select public.set_user_role(?, 'admin')", ALICE.account());
        Session service = polaris.operator();
        Session alice = polaris.as(ALICE);
        service.connection().setAutoCommit(false);
        try (Statement unmake = service.connection().createStatement()) {
            unmake.execute("select public.set_user_role('" + ALICE.account() + "', 'user')");
            CompletableFuture<String> made = Meanwhile.get(() -> {
                try {
                    alice.rows("select public.set_user_role(?, 'admin')", BOB.account());
                    return "";
                } catch (SqlFailed e) {
                    return e.state();
                }
            });
            while (polaris.operator().rows("select from pg_catalog.pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_catalog.pg_database where datname = current_database())").isEmpty()) {
                assertThat(made).isNotDone();
                Thread.sleep(10);
            }
            service.connection().commit();

            assertThat(made.get()).isEqualTo(INSUFFICIENT_PRIVILEGE);
        }
    }

    @Test
    @OfItsOwn
    void userWhoCannotSetRolesDoesNotWaitForAnAdmin() throws Exception {
        Connection admin = polaris.operator().connection();
        admin.setAutoCommit(false);
        try (Statement statement = admin.createStatement()) {
            statement.execute("select public.set_user_role('" + BOB.account() + "', 'admin')");
            Session alice = polaris.as(ALICE);
            CompletableFuture<String> refused = Meanwhile.get(() -> state(alice, BOB));

            assertThat(refused.get(10, TimeUnit.SECONDS)).isEqualTo(INSUFFICIENT_PRIVILEGE);
        }
    }

    private static String state(Session admin, Caller unmade) {
        try {
            admin.rows("select public.set_user_role(?, 'user')", unmade.account());
            return "";
        } catch (SqlFailed e) {
            return e.state();
        }
    }

    @Test
    void userChoosesACoachOnce() {
        owner.update("insert into public.coaches (key, display_name, is_active) values ('other', 'Other', true), ('retired', 'Retired', false)");

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.choose_coach('retired')")).is(sqlState(NO_DATA_FOUND));
        polaris.as(ALICE).rows("select public.choose_coach(?)", COACH);
        polaris.as(ALICE).rows("select public.choose_coach(?)", COACH);
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.choose_coach('other')")).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.choose_coach(?)", COACH)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        assertThat(owner.rows("select user_id, coach_key from public.events where name = 'coach_selected'"))
                .containsExactly(row("user_id", ALICE.account(), "coach_key", "demo"));
    }

    @Test
    void callerWithoutAProfileCannotChooseACoach() {
        Session nobody = polaris.as(new Caller("authenticated", UUID.randomUUID()));

        assertThatThrownBy(() -> nobody.rows("select public.choose_coach(?)", COACH)).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void existingAccountsGetProfilesFromTheUpdate() {
        try (Database before = Database.open("polaris")) {
            before.owner().update("insert into auth.users (id, email) values (?, 'early@example.com')", ALICE.account());
            before.changelog().updateToTag("0002");
            assertThat(before.owner().column(String.class, "select email from public.profiles")).containsExactly("early@example.com");

            before.changelog().rollbackToTag("0001");
            assertThat(before.count("public.profiles")).as("profiles after the rollback, which deletes unchanged ones").isZero();
            assertThat(before.count("auth.users")).isOne();
        }
    }

    @Test
    void rollbackDropsTriggersOnAuthUsersWithAndWithoutOwnership() {
        for (boolean hosted : new boolean[] {true, false}) {
            try (Database database = Database.openMigrated(WITH_PROFILES)) {
                Session operator = database.operator();
                if (hosted) {
                    operator.update("alter table auth.users owner to postgres");
                }
                database.changelog().rollbackToTag("0001");

                assertThat(operator.column(String.class, "select tgname from pg_trigger where tgrelid = 'auth.users'::regclass and not tgisinternal")).isEmpty();
            }
        }
    }

    @Test
    void rollbackKeepsAFunctionThatAnotherTriggerUses() {
        try (Database database = Database.openMigrated(WITH_PROFILES)) {
            Session operator = database.operator();
            operator.script("create trigger theirs after insert on auth.users for each row execute function private.handle_new_user()");

            assertThatThrownBy(() -> database.changelog().rollbackToTag("0001")).hasMessageContaining("must be owner of relation users");
            assertThat(operator.column(String.class, "select tgname from pg_trigger where tgrelid = 'auth.users'::regclass and not tgisinternal"))
                    .contains("theirs", "polaris_user_created");
        }
    }
}
