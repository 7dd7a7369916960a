package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plan of a user is the highest one among the current entitlements of any source. */
class EntitlementsTest {

    private static final String GRANT = """
            insert into public.entitlements (user_id, plan_code, source, source_ref, starts_at, ends_at)
            values (?, ?, 'promo', gen_random_uuid()::text, now() + ?::interval, now() + ?::interval)
            """;

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;

    @BeforeEach
    void signUp() {
        owner = People.signUp(polaris);
    }

    private String plan(Caller caller) {
        return polaris.as(caller).value(String.class, "select plan_code from public.v_user_current_plan where user_id = ?", caller.account());
    }

    private String tier(Caller caller) {
        return Money.tier(owner, caller);
    }

    @Test
    void userWithoutEntitlementsIsFree() {
        assertThat(plan(ALICE)).isEqualTo("free");
        assertThat(polaris.as(ALICE).rows("select from public.v_user_current_plan")).hasSize(1);
        assertThat(polaris.as(ADMIN).rows("select from public.v_user_current_plan")).hasSize(4);
        assertThatThrownBy(() -> polaris.as(ANON).rows("select from public.v_user_current_plan")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void highestCurrentEntitlementCounts() {
        owner.update(GRANT, ALICE.account(), "pro", "-1 day", "1 day");
        owner.update(GRANT, ALICE.account(), "vip", "-2 days", "-1 day");
        owner.update(GRANT, ALICE.account(), "vip", "1 day", "2 days");

        assertThat(plan(ALICE)).isEqualTo("pro");
        assertThat(tier(ALICE)).isEqualTo("pro");
        assertThat(tier(BOB)).isEqualTo("free");
    }

    @Test
    void entitlementExpiresAtOnceAndTheJobUpdatesTheProfile() {
        owner.script("alter table public.entitlements disable trigger entitlements_granted");
        owner.update(GRANT, ALICE.account(), "pro", "-2 days", "-1 second");
        owner.update(GRANT, BOB.account(), "vip", "-1 second", "1 day");
        owner.script("alter table public.entitlements enable trigger entitlements_granted");
        polaris.operator().script("set local session_replication_role = replica; update public.entitlements set tier_due_at = now() - interval '1 second'");
        owner.update("update public.profiles set tier = 'pro' where id = ?", ALICE.account());

        assertThat(polaris.as(ALICE).rows("select from public.drills where gating and coach_key = 'demo'")).as("gated drills after expiry").isEmpty();
        assertThat(polaris.as(BOB).rows("select from public.drills where gating and coach_key = 'demo'")).hasSize(1);
        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.settle_tiers()")).isEqualTo(2);
        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.settle_tiers()")).isZero();
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(tier(BOB)).isEqualTo("vip");
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.settle_tiers()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void entitlementHistoryRecordsEveryChange() {
        owner.update(GRANT, ALICE.account(), "pro", "0", "1 day");
        owner.update("update public.entitlements set ends_at = ends_at + interval '1 day'");
        owner.update("update public.entitlements set revoked_at = now(), reason = 'By mistake.'");
        owner.update("update public.entitlements set reason = reason");

        assertThat(polaris.as(ALICE).column(String.class, "select action from public.entitlement_history")).containsExactlyInAnyOrder("granted", "changed", "revoked");
        assertThat(polaris.as(BOB).rows("select from public.entitlement_history")).isEmpty();
        assertThat(plan(ALICE)).isEqualTo("free");
        for (String change : List.of("update public.entitlement_history set action = 'granted'", "delete from public.entitlement_history", "truncate public.entitlement_history")) {
            assertThatThrownBy(() -> owner.script(change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        polaris.operator().update("delete from auth.users where id = ?", ALICE.account());
        assertThat(owner.rows("select from public.entitlement_history where user_id is null")).hasSize(3);
    }

    @Test
    void usersCannotGrantThemselvesAPlan() {
        for (String write : List.of("insert into public.entitlements (user_id, plan_code, source, source_ref) values (auth.uid(), 'vip', 'promo', 'x')",
                "update public.entitlements set ends_at = null", "delete from public.entitlements",
                "insert into public.subscriptions (user_id, provider, external_ref, plan_code, status) values (auth.uid(), 'paypal', 'x', 'vip', 'active')",
                "update public.billing_profiles set customer_ref = 'x'")) {
            for (Caller caller : List.of(ALICE, ADMIN)) {
                assertThatThrownBy(() -> polaris.as(caller).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.grant_plan(?, 'vip', null, 'Because.')", ALICE.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select source_ref from public.entitlements")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void adminGrantsAndRevokesPlansWithAReason() {
        UUID grant = polaris.as(ADMIN).value(UUID.class, "select public.grant_plan(?, 'vip', now() + interval '7 days', 'A week to try.')", ALICE.account());
        assertThat(plan(ALICE)).isEqualTo("vip");
        assertThat(owner.value(UUID.class, "select granted_by from public.entitlements")).isEqualTo(ADMIN.account());
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.grant_plan(?, 'vip', null, '')", ALICE.account())).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.grant_plan(?, 'vip', now() - interval '1 day', 'x')", ALICE.account())).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.revoke_entitlement(?, 'x')", grant)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        polaris.as(ADMIN).rows("select public.revoke_entitlement(?, 'Abuse.')", grant);
        assertThat(plan(ALICE)).isEqualTo("free");
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.revoke_entitlement(gen_random_uuid(), 'x')")).is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void sourceGrantsOnceAndItsOwnerIsImmutable() {
        owner.update("insert into public.entitlements (user_id, plan_code, source, source_ref) values (?, 'pro', 'promo', 'LAUNCH-1')", ALICE.account());

        assertThatThrownBy(() -> owner.update("insert into public.entitlements (user_id, plan_code, source, source_ref) values (?, 'pro', 'promo', 'LAUNCH-1')", BOB.account()))
                .is(sqlState(UNIQUE_VIOLATION));
        assertThatThrownBy(() -> owner.update("update public.entitlements set user_id = ?", BOB.account())).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> owner.update("update public.entitlements set source_ref = 'x'")).is(sqlState(CHECK_VIOLATION));
    }

    @RepeatedTest(3)
    @OfItsOwn
    void ofTwoGrantsAtOnceTheHigherCounts() throws Exception {
        Session first = polaris.owner();
        Session second = polaris.owner();
        CompletableFuture<Void> one = Meanwhile.run(() -> first.update(GRANT, ALICE.account(), "vip", "0", "1 day"));
        CompletableFuture<Void> other = Meanwhile.run(() -> second.update(GRANT, ALICE.account(), "pro", "0", "1 day"));
        CompletableFuture.allOf(one, other).get();

        assertThat(tier(ALICE)).isEqualTo("vip");
    }

    @Test
    void usersCannotReadReasonsOfStaff() {
        polaris.as(ADMIN).rows("select public.grant_plan(?, 'vip', null, 'Complained loudly.')", ALICE.account());

        for (String table : List.of("entitlements", "entitlement_history")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select reason from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void secondRevokeKeepsTheFirstReason() {
        UUID grant = polaris.as(ADMIN).value(UUID.class, "select public.grant_plan(?, 'vip', null, 'A gift.')", ALICE.account());
        polaris.as(ADMIN).rows("select public.revoke_entitlement(?, 'Abuse.')", grant);
        polaris.as(ADMIN).rows("select public.revoke_entitlement(?, 'Nothing, really.')", grant);

        assertThat(owner.column(String.class, "select reason from public.entitlements")).containsExactly("Abuse.");
    }

    @Test
    void tierIsSettledOnceAtStartAndOnceAtEnd() {
        owner.update(GRANT, ALICE.account(), "pro", "1 hour", "2 hours");
        Session operator = polaris.operator();
        String pass = "set local session_replication_role = replica;"
                + "update public.entitlements set starts_at = starts_at - interval '90 min', ends_at = ends_at - interval '90 min', tier_due_at = tier_due_at - interval '90 min'";

        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.settle_tiers()")).isZero();
        operator.script(pass);
        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.settle_tiers()")).isOne();
        assertThat(tier(ALICE)).isEqualTo("pro");
        operator.script(pass);
        assertThat(polaris.as(SERVICE).value(Integer.class, "select public.settle_tiers()")).isOne();
        assertThat(tier(ALICE)).isEqualTo("free");
        assertThat(owner.value(Boolean.class, "select tier_due_at is null from public.entitlements")).isTrue();
    }
}
