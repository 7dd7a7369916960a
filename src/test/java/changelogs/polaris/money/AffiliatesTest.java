package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.Rows.row;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Affiliate program: applications, links, clicks and referrals; affiliates never learn whom they referred. */
class AffiliatesTest {

    private static final String APPLY = "select public.apply_as_affiliate('partners', ?)";
    private static final String DECIDE = "select public.set_affiliate_state(?, ?, 'Because.')";
    private static final String CLICK = "select public.record_affiliate_click(?)";
    private static final String ATTACH = "select public.attach_affiliate_referral(?, p_code => ?)";
    private static final String ATTACH_CLICK = "select public.attach_affiliate_referral(?, ?::uuid)";

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session service;

    @BeforeEach
    void program() {
        owner = People.signUp(polaris);
        service = polaris.as(SERVICE);
        Referrals.program(owner);
    }

    private boolean attach(Caller caller, String code) {
        return polaris.as(caller).value(Boolean.class, ATTACH, caller.account(), code);
    }

    @Test
    void userAppliesAndAdminDecides() {
        Session alice = polaris.as(ALICE);
        UUID affiliate = alice.value(UUID.class, APPLY, "Alice-Speaks");
        assertThat(alice.value(UUID.class, APPLY, "another")).as("second application returns the first").isEqualTo(affiliate);
        assertThat(alice.rows("select code, status, approved_at from public.affiliates"))
                .containsExactly(row("code", "alice-speaks", "status", "pending", "approved_at", null));
        assertThat(service.value(UUID.class, CLICK, "alice-speaks")).as("click of a pending affiliate").isNull();
        assertThatThrownBy(() -> alice.rows("select public.create_affiliate_link(?)", affiliate)).is(sqlState(WRONG_STATE));
        for (Caller caller : List.of(ALICE, BOB)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(DECIDE, affiliate, "active")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }

        polaris.as(ADMIN).rows(DECIDE, affiliate, "active");
        polaris.as(ADMIN).rows(DECIDE, affiliate, "active");

        assertThat(alice.value(Boolean.class, "select status = 'active' and approved_at is not null from public.affiliates")).isTrue();
        assertThat(service.value(UUID.class, CLICK, "ALICE-SPEAKS")).as("click with the code in upper case").isNotNull();
        assertThat(owner.column(String.class, "select actor_user_id::text from public.audit_logs where table_name = 'public.affiliates'")).containsExactly(ADMIN.account().toString());
    }

    @Test
    void codesAreNeverReused() {
        polaris.as(ALICE).rows(APPLY, "best");
        assertThatThrownBy(() -> polaris.as(BOB).rows(APPLY, "BEST")).is(sqlState(UNIQUE_VIOLATION));
        UUID bob = Referrals.active(owner, BOB, "bob");
        assertThatThrownBy(() -> polaris.as(BOB).rows("select public.create_affiliate_link(?, 'best')", bob)).is(sqlState(UNIQUE_VIOLATION));
        assertThat(polaris.as(BOB).value(String.class, "select public.create_affiliate_link(?, 'Spring', '/spring?a=1')", bob)).isEqualTo("spring");
        assertThat(polaris.as(BOB).value(String.class, "select public.create_affiliate_link(?)", bob)).hasSize(12);
        assertThatThrownBy(() -> polaris.as(STRANGER).rows(APPLY, "spring")).as("code of an existing link").is(sqlState(UNIQUE_VIOLATION));
        assertThat(polaris.count("public.affiliates")).as("affiliates after a failed application").isEqualTo(2);

        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThatThrownBy(() -> polaris.as(STRANGER).rows(APPLY, "best")).as("code of a deleted account").is(sqlState(UNIQUE_VIOLATION));
    }

    @Test
    @OfItsOwn
    void concurrentApplicationsCreateOneAffiliate() {
        List<UUID> made = IntStream.range(0, 3).mapToObj(i -> {
            Session alice = polaris.as(ALICE);
            return Meanwhile.get(() -> alice.value(UUID.class, APPLY, (Object) null));
        }).toList().stream().map(run -> run.join()).distinct().toList();

        assertThat(made).hasSize(1);
        assertThat(polaris.count("public.affiliate_links")).isOne();
    }

    @Test
    @OfItsOwn
    void concurrentApplicationReturnsTheAffiliateOfTheCaller() throws SQLException {
        polaris.as(BOB).rows(APPLY, "bob");
        try (Connection first = polaris.operator().connection(); Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("set local role authenticated");
            statement.execute("set local request.jwt.claims = '" + ALICE.claims() + "'");
            statement.execute("select public.apply_as_affiliate('partners', 'alice')");
            Session tab = polaris.as(ALICE);
            CompletableFuture<UUID> second = Meanwhile.get(() -> tab.value(UUID.class, APPLY, "other"));
            polaris.awaitWaiting(1);
            first.commit();

            assertThat(second.join()).isEqualTo(owner.value(UUID.class, "select id from public.affiliates where user_id = ? and code = 'alice'", ALICE.account()));
        }
    }

    @Test
    void onlyAccountsApplyToActivePrograms() {
        assertThatThrownBy(() -> polaris.as(ANON).rows(APPLY, "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> service.rows(APPLY, "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> owner.rows(APPLY, "nobody")).as("owner without an account").is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.apply_as_affiliate('nothing')")).is(sqlState(NO_DATA_FOUND));
        polaris.as(ADMIN).update("update public.affiliate_programs set is_active = false");
        assertThatThrownBy(() -> polaris.as(ALICE).rows(APPLY, "alice")).is(sqlState(NO_DATA_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a b", "-ab", "aé1", "a/b", "'; drop"})
    void codeIsPlain(String code) {
        assertThatThrownBy(() -> polaris.as(ALICE).rows(APPLY, code)).is(sqlState(CHECK_VIOLATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "spring", "/a b", ""})
    void linkLeadsToAPageOfOurs(String path) {
        UUID alice = Referrals.active(owner, ALICE, "alice");

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.create_affiliate_link(?, 'one', ?)", alice, path)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> polaris.as(ALICE).update("update public.affiliate_links set landing_path = ?", path)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void affiliateManagesOnlyOwnLinksUpToOneHundred() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        assertThatThrownBy(() -> polaris.as(BOB).rows("select public.create_affiliate_link(?)", alice)).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(ANON).rows("select public.create_affiliate_link(?)", alice)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ADMIN).value(String.class, "select public.create_affiliate_link(?, 'by-admin')", alice)).isEqualTo("by-admin");
        owner.update("insert into public.affiliate_links (affiliate_id, affiliate_user_id, code) select id, user_id, 'link-' || i from public.affiliates, generate_series(3, 100) as i");

        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.create_affiliate_link(?)", alice)).is(sqlState(WRONG_STATE));
        assertThat(polaris.as(ALICE).update("update public.affiliate_links set landing_path = '/spring' where code = 'alice'")).isOne();
        assertThat(polaris.as(BOB).update("update public.affiliate_links set landing_path = '/mine'")).isZero();
        assertThat(service.value(String.class, "select landing_path from public.get_affiliate_link('Alice')")).isEqualTo("/spring");
        assertThat(service.value(String.class, "select landing_path from public.get_affiliate_link('nobody')")).isNull();
        assertThatThrownBy(() -> polaris.as(ALICE).rows("select public.get_affiliate_link('alice')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @CsvSource({"pending, active, true", "pending, blocked, true", "active, blocked, true", "blocked, active, true", "active, pending, false", "blocked, pending, false"})
    void statesOfAnAffiliate(String from, String to, boolean allowed) {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        owner.script("alter table public.affiliates disable trigger affiliates_guard;"
                + "update public.affiliates set status = '%1$s', blocked_at = case when '%1$s' = 'blocked' then now() end;".formatted(from)
                + "alter table public.affiliates enable trigger affiliates_guard");

        Session admin = polaris.as(ADMIN);
        if (allowed) {
            admin.rows(DECIDE, alice, to);
            assertThat(owner.value(String.class, "select status from public.affiliates")).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> admin.rows(DECIDE, alice, to)).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void adminsDecideWithAReasonAndNotOnTheirOwnApplication() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        UUID admin = polaris.as(ADMIN).value(UUID.class, APPLY, "boss");
        for (String call : List.of("public.set_affiliate_state('%s', 'active')", "public.set_affiliate_terms('%s', 9000, 300)", "public.make_affiliate_payout('%s', 'PHP')")) {
            assertThatThrownBy(() -> polaris.as(ADMIN).rows("select " + call.formatted(admin))).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select " + call.formatted(alice))).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> polaris.as(ADMIN).rows("select " + call.formatted(UUID.randomUUID()))).as(call).is(sqlState(NO_DATA_FOUND));
        }
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.set_affiliate_state(?, 'blocked', ' ')", alice)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows("select public.set_affiliate_terms(?, 10001, null)", alice)).is(sqlState(CHECK_VIOLATION));

        polaris.as(ADMIN).rows("select public.set_affiliate_terms(?, 2000, 60)", alice);
        service.rows(DECIDE, admin, "active");
        assertThat(polaris.as(ALICE).rows("select rate_bps, cookie_days from public.affiliates"))
                .containsExactly(row("rate_bps", 2000, "cookie_days", 60));
    }

    @Test
    void adminDoesNotChangeAProgramThatPaysThem() {
        Session admin = polaris.as(ADMIN);
        assertThat(admin.update("update public.affiliate_programs set default_rate_bps = 2000")).isOne();
        admin.rows(APPLY, "boss");

        for (String change : List.of("default_rate_bps = 9000", "cookie_days = 365", "min_payout_minor = 1", "hold_days = 0", "payout_change_days = 0", "is_active = true")) {
            assertThatThrownBy(() -> admin.update("update public.affiliate_programs set " + change)).as(change).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(admin.update("insert into public.affiliate_programs (code, name) values ('second', 'Second')")).isOne();
        owner.update("update public.profiles set role = 'admin' where id = ?", BOB.account());
        assertThat(polaris.as(BOB).update("update public.affiliate_programs set default_rate_bps = 1500 where code = 'partners'")).isOne();
    }

    @Test
    void affiliatesDoNotReferEachOther() {
        Referrals.active(owner, ALICE, "alice");
        Referrals.active(owner, BOB, "bob");
        Referrals.active(owner, STRANGER, "stranger");
        assertThat(attach(BOB, "alice")).isTrue();
        assertThat(attach(STRANGER, "bob")).isTrue();

        for (String code : List.of("bob", "stranger")) {
            assertThatThrownBy(() -> attach(ALICE, code)).as(code).is(sqlState(WRONG_STATE));
        }
        assertThat(polaris.count("public.affiliate_referrals")).isEqualTo(2);
    }

    @Test
    @OfItsOwn
    void affiliatesDoNotReferEachOtherAtOnce() {
        Referrals.active(owner, ALICE, "alice");
        Referrals.active(owner, BOB, "bob");
        Session alice = polaris.as(ALICE);
        Session bob = polaris.as(BOB);
        List<String> ends = List.of(
                Meanwhile.get(() -> attempt(alice, ALICE, "bob")),
                Meanwhile.get(() -> attempt(bob, BOB, "alice"))).stream().map(CompletableFuture::join).toList();

        assertThat(ends).containsExactlyInAnyOrder("true", WRONG_STATE);
    }

    private static String attempt(Session session, Caller caller, String code) {
        try {
            return session.value(Boolean.class, ATTACH, caller.account(), code).toString();
        } catch (SqlFailed e) {
            return e.state();
        }
    }

    @Test
    void signingUpAgainIsNotAReferral() {
        Referrals.active(owner, ALICE, "alice");
        UUID again = UUID.randomUUID();
        owner.update("update auth.users set email = 'alice@example.com' where id = ?", ALICE.account());
        owner.update("insert into auth.users (id, email) values (?, 'Alice+2@Example.com')", again);
        assertThatThrownBy(() -> service.rows(ATTACH, again, "alice")).as("a second account of the affiliate").is(sqlState(WRONG_STATE));

        owner.update("update auth.users set email = 'bob@example.com' where id = ?", BOB.account());
        assertThat(attach(BOB, "alice")).isTrue();
        Money.record(service, Money.report("paypal", "e1", "payment_captured", "payment_ref", "p1", "user_id", ADMIN.account(), "amount_minor", 100, "currency_code", "PHP"));
        List<Caller> gone = List.of(BOB, ADMIN, STRANGER);
        List<String> emails = List.of("bob@example.com", ADMIN.account() + "@example.com", STRANGER.account() + "@example.com");
        gone.forEach(caller -> owner.update("delete from auth.users where id = ?", caller.account()));
        for (String email : emails) {
            UUID newcomer = UUID.randomUUID();
            owner.update("insert into auth.users (id, email) values (?, ?)", newcomer, email);
            if (email.startsWith(STRANGER.account().toString())) {
                assertThat(service.value(Boolean.class, ATTACH, newcomer, "alice")).as("an account that did nothing is not remembered").isTrue();
            } else {
                assertThatThrownBy(() -> service.rows(ATTACH, newcomer, "alice")).as(email).is(sqlState(WRONG_STATE));
            }
        }
        assertThat(owner.rows("select from private.former_accounts")).hasSize(2);

        owner.update("update private.former_accounts set deleted_at = now() - interval '25 months' where email_hash = private.hash_email('bob@example.com')");
        service.rows("select public.run_job('affiliate_payouts')");
        assertThat(owner.column(String.class, "select email_hash from private.former_accounts"))
                .containsExactly(owner.value(String.class, "select private.hash_email(?)", ADMIN.account() + "@example.com"));
    }

    @Test
    void affiliatesUpdateOnlyTheirProfileColumns() {
        Referrals.active(owner, ALICE, "alice");
        Session alice = polaris.as(ALICE);
        assertThat(alice.update("update public.affiliates set display_name = 'Alice', website = 'https://alice.example', payout_method = '{\"paypal\": \"alice\"}'")).isOne();
        assertThat(polaris.as(BOB).update("update public.affiliates set display_name = 'Bob was here'")).isZero();
        for (String write : List.of("update public.affiliates set status = 'active'", "update public.affiliates set rate_bps = 10000", "update public.affiliates set user_id = auth.uid()",
                "insert into public.affiliates (user_id, program_id, code) select auth.uid(), id, 'xxx' from public.affiliate_programs", "delete from public.affiliates",
                "update public.affiliate_links set code = 'best'", "delete from public.affiliate_links", "insert into public.affiliate_clicks (affiliate_id) values (null)",
                "update public.affiliate_referrals set status = 'converted'", "update public.affiliate_commissions set amount_minor = 1000000",
                "update public.affiliate_payouts set status = 'paid'")) {
            for (Caller caller : List.of(ALICE, ADMIN)) {
                assertThatThrownBy(() -> polaris.as(caller).update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        for (String bad : List.of("website = 'javascript:alert(1)'", "payout_method = '[]'", "payout_method = jsonb_build_object('a', repeat('x', 5000))", "display_name = ''")) {
            assertThatThrownBy(() -> alice.update("update public.affiliates set " + bad)).as(bad).is(sqlState(CHECK_VIOLATION));
        }
        assertThat(alice.update("update public.affiliate_programs set default_rate_bps = 9999")).isZero();
        assertThatThrownBy(() -> alice.update("insert into public.affiliate_programs (code, name) values ('mine', 'Mine')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(polaris.as(ADMIN).update("insert into public.affiliate_programs (code, name) values ('second', 'Second')")).isOne();
        assertThat(polaris.as(ADMIN).update("update public.affiliate_programs set default_rate_bps = 500 where code = 'second'")).isOne();
        assertThat(alice.column(String.class, "select code from public.affiliate_programs order by code")).containsExactly("partners", "second");
        for (String table : List.of("affiliate_programs", "affiliates", "affiliate_links", "affiliate_clicks", "affiliate_referrals", "affiliate_commissions", "affiliate_payouts")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select from public." + table)).as(table).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void onlyTheServiceRecordsClicksAndOnlyWithAHashedAddress() {
        Referrals.active(owner, ALICE, "alice");
        for (Caller caller : List.of(ANON, ALICE, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(CLICK, "alice")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> service.rows("select public.record_affiliate_click('alice', '192.0.2.1')")).is(sqlState(INVALID_PARAMETER));
        assertThat(service.value(UUID.class, CLICK, "nobody")).isNull();
        String hash = "0f".repeat(32);
        service.rows("select public.record_affiliate_click('Alice', ?, repeat('M', 9000), 'Manila', '[1]')", hash);
        service.rows("select public.record_affiliate_click('Alice', ?, 'M', 'PH', jsonb_build_object('source', repeat('x', 9000)))", hash);
        service.rows("select public.record_affiliate_click('Alice', ?, 'M', 'PH', '{\"source\": \"x\"}')", hash);

        assertThat(owner.rows("select char_length(user_agent) as agent, country_code as c, utm::text from public.affiliate_clicks order by clicked_at"))
                .containsExactly(row("agent", 300, "c", null, "utm", "{}"),
                        row("agent", 1, "c", "PH", "utm", "{}"),
                        row("agent", 1, "c", "PH", "utm", "{\"source\": \"x\"}"));
        assertThat(polaris.as(ALICE).column(Long.class, "select clicks from public.v_affiliate_clicks_daily")).containsExactly(3L);
        assertThat(polaris.as(ADMIN).column(Long.class, "select clicks from public.v_affiliate_clicks_daily")).containsExactly(3L);
        assertThat(polaris.as(BOB).rows("select from public.v_affiliate_clicks_daily")).isEmpty();
        for (String column : List.of("id", "ip_hash", "user_agent")) {
            assertThatThrownBy(() -> polaris.as(ALICE).rows("select " + column + " from public.affiliate_clicks")).as(column).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String write : List.of("update public.affiliate_clicks set ip_hash = null", "delete from public.affiliate_clicks", "truncate public.affiliate_clicks cascade")) {
            assertThatThrownBy(() -> owner.update(write)).as(write).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void firstReferralWins() {
        Referrals.active(owner, ALICE, "alice");
        Referrals.active(owner, BOB, "bob");
        UUID click = service.value(UUID.class, CLICK, "alice");

        assertThat(polaris.as(STRANGER).value(Boolean.class, ATTACH_CLICK, STRANGER.account(), click)).isTrue();
        assertThat(attach(STRANGER, "ALICE")).as("same affiliate again").isTrue();
        assertThat(attach(STRANGER, "bob")).as("second affiliate").isFalse();

        assertThat(owner.rows("select a.code, r.click_id = ? as clicked from public.affiliate_referrals as r join public.affiliates as a on a.id = r.affiliate_id", click))
                .containsExactly(row("code", "alice", "clicked", true));
        assertThat(owner.value(String.class, "select referral_code from public.profiles where id = ?", STRANGER.account())).isEqualTo("alice");
    }

    @Test
    @OfItsOwn
    void concurrentReferralsAttachOne() {
        Referrals.active(owner, ALICE, "alice");
        Referrals.active(owner, BOB, "bob");
        List<Boolean> came = List.of("alice", "bob", "alice", "bob").stream().map(code -> {
            Session session = polaris.as(STRANGER);
            return Meanwhile.get(() -> session.value(Boolean.class, ATTACH, STRANGER.account(), code));
        }).toList().stream().map(run -> run.join()).toList();

        assertThat(came).as("attached to exactly one affiliate").contains(true, false);
        assertThat(polaris.count("public.affiliate_referrals")).isOne();
    }

    @Test
    void onlyTheUserOrTheServiceAttachesAReferral() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        for (Caller caller : List.of(ANON, BOB, ADMIN)) {
            assertThatThrownBy(() -> polaris.as(caller).rows(ATTACH, STRANGER.account(), "alice")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> service.rows(ATTACH, UUID.randomUUID(), "alice")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> attach(STRANGER, "nobody")).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> polaris.as(STRANGER).rows(ATTACH_CLICK, STRANGER.account(), UUID.randomUUID())).is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> attach(ALICE, "alice")).as("self-referral").is(sqlState(WRONG_STATE));
        assertThat(service.value(Boolean.class, ATTACH, STRANGER.account(), "alice")).isTrue();

        polaris.as(ADMIN).rows(DECIDE, alice, "blocked");
        assertThatThrownBy(() -> attach(BOB, "alice")).as("code of a blocked affiliate").is(sqlState(NO_DATA_FOUND));
    }

    @Test
    void oldClicksAndSignUpsAreRejected() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        owner.update("update public.profiles set created_at = now() - interval '31 days' where id = ?", BOB.account());
        assertThatThrownBy(() -> attach(BOB, "alice")).as("sign-up 31 days ago").is(sqlState(WRONG_STATE));
        UUID old = owner.value(UUID.class, "insert into public.affiliate_clicks (affiliate_id, affiliate_user_id, link_id, clicked_at)"
                + " select affiliate_id, affiliate_user_id, id, now() - interval '31 days' from public.affiliate_links returning id");
        assertThatThrownBy(() -> polaris.as(STRANGER).rows(ATTACH_CLICK, STRANGER.account(), old)).as("click that is too old").is(sqlState(WRONG_STATE));

        polaris.as(ADMIN).rows("select public.set_affiliate_terms(?, null, 40)", alice);

        assertThat(attach(BOB, "alice")).isTrue();
        assertThat(polaris.as(STRANGER).value(Boolean.class, ATTACH_CLICK, STRANGER.account(), old)).isTrue();
    }

    @Test
    void payingUserCannotBeReferred() {
        Referrals.active(owner, ALICE, "alice");
        Money.record(service, Money.report("paypal", "e1", "payment_captured", "payment_ref", "p1", "user_id", BOB.account(), "amount_minor", 100, "currency_code", "PHP"));

        assertThatThrownBy(() -> attach(BOB, "alice")).as("user with a payment without a plan").is(sqlState(WRONG_STATE));
        assertThat(attach(STRANGER, "alice")).isTrue();
    }

    @Test
    void affiliateCannotReadReferredUsers() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        Referrals.attached(owner, alice, BOB.account());
        Session session = polaris.as(ALICE);

        assertThat(session.column(String.class, "select status from public.affiliate_referrals")).containsExactly("attached");
        assertThat(session.rows("select from public.v_affiliate_referrals_admin")).isEmpty();
        for (String column : List.of("user_id", "click_id")) {
            assertThatThrownBy(() -> session.rows("select " + column + " from public.affiliate_referrals")).as(column).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> session.rows("select from public.affiliate_referrals where user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (Caller caller : List.of(BOB, STRANGER)) {
            assertThat(polaris.as(caller).rows("select from public.affiliate_referrals")).as("referrals visible to the referred user").isEmpty();
        }
        for (Caller caller : List.of(ADMIN, SERVICE)) {
            assertThat(polaris.as(caller).column(UUID.class, "select user_id from public.v_affiliate_referrals_admin")).containsExactly(BOB.account());
        }
    }

    @Test
    void functionBehindTheAdminViewReturnsReferredUsersToStaffOnly() {
        UUID referral = Referrals.attached(owner, Referrals.active(owner, ALICE, "alice"), BOB.account());
        owner.script("grant usage on schema private to authenticated");
        String call = "select private.get_referred_person(?) as person";

        assertThat(polaris.as(ALICE).rows(call, referral)).containsExactly(row("person", null));
        assertThat(polaris.as(ADMIN).rows(call, referral)).containsExactly(row("person", BOB.account()));
    }

    @Test
    void adminDisqualifiesAReferralWithAReason() {
        UUID referral = Referrals.attached(owner, Referrals.active(owner, ALICE, "alice"), BOB.account());
        String disqualify = "select public.disqualify_affiliate_referral(?, ?)";
        assertThatThrownBy(() -> polaris.as(ALICE).rows(disqualify, referral, "x")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows(disqualify, referral, "")).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> polaris.as(ADMIN).rows(disqualify, UUID.randomUUID(), "x")).is(sqlState(NO_DATA_FOUND));

        polaris.as(ADMIN).rows(disqualify, referral, "A second account.");
        polaris.as(ADMIN).rows(disqualify, referral, "Again.");

        assertThat(polaris.as(ALICE).rows("select status, status_reason as why from public.affiliate_referrals"))
                .containsExactly(row("status", "disqualified", "why", "A second account."));
        for (String write : List.of("update public.affiliate_referrals set status = 'attached', status_reason = null, disqualified_at = null", "delete from public.affiliate_referrals",
                "update public.affiliate_referrals set user_id = '%s'".formatted(STRANGER.account()))) {
            assertThatThrownBy(() -> owner.update(write)).as(write).is(sqlState(CHECK_VIOLATION));
        }
    }

    @Test
    void deletingAccountsRemovesPersonalDataFromAffiliates() {
        UUID alice = Referrals.active(owner, ALICE, "alice");
        owner.update("update public.affiliates set display_name = 'Alice', website = 'https://alice.example', payout_method = '{\"bank\": \"1\"}'");
        Referrals.attached(owner, alice, BOB.account());
        service.rows(CLICK, "alice");

        owner.update("delete from auth.users where id in (?, ?)", ALICE.account(), BOB.account());

        assertThat(owner.rows("select code, status, display_name, website, payout_method::text, user_id from public.affiliates"))
                .containsExactly(row("code", "alice", "status", "blocked", "display_name", null, "website", null, "payout_method", "{}", "user_id", null));
        assertThat(owner.value(Boolean.class, "select affiliate_user_id is null and user_id is null from public.affiliate_referrals")).isTrue();
        assertThat(polaris.as(ADMIN).rows("select from public.affiliates")).as("affiliates visible to admins").hasSize(1);
        assertThat(polaris.as(ADMIN).column(Long.class, "select clicks from public.v_affiliate_clicks_daily")).containsExactly(1L);
        assertThatThrownBy(() -> polaris.as(ADMIN).rows(DECIDE, alice, "active")).is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> owner.update("update public.affiliates set user_id = ?", STRANGER.account())).as("assigning the affiliate to another user").is(sqlState(CHECK_VIOLATION));
    }
}
