package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Access to API keys: users set and delete their keys but cannot read them, the service reads them. */
class UserApiKeysAccessTest {

    private static final String SET = "select public.set_api_key(?, ?)";

    @RegisterExtension
    final Database describeIt = Database.of("describe-it");

    private final Envelope envelopes = new Envelope(Map.of("k1", new byte[32]));

    @BeforeEach
    void populate() {
        Learners.populate(describeIt);
        describeIt.as(ALICE).rows(SET, "openai", sealed(ALICE, "sk-alice"));
    }

    @Test
    void usersSetKeysAndTheServiceReadsThem() throws GeneralSecurityException {
        describeIt.as(ALICE).rows(SET, "anthropic", sealed(ALICE, "sk-ant"));

        var row = describeIt.as(SERVICE).rows("select openai_api_key, unsplash_api_key, anthropic_api_key from public.user_api_keys").get(0);
        assertThat(envelopes.open(ALICE.account(), (String) row.get("openai_api_key"))).isEqualTo("sk-alice");
        assertThat(envelopes.open(ALICE.account(), (String) row.get("anthropic_api_key"))).isEqualTo("sk-ant");
        assertThat(row.get("unsplash_api_key")).isNull();
    }

    @Test
    void usersSeeWhichKeysAreSetAndValidated() {
        describeIt.as(ALICE).rows(SET, "anthropic", sealed(ALICE, "sk-ant"));
        describeIt.as(SERVICE).update("update public.user_api_keys set last_validated_at = '2026-03-01 10:00+00', is_active = false");

        assertThat(mine(ALICE)).containsExactly("openai", "anthropic");
        assertThat(describeIt.as(ALICE).rows("select last_validated_at = '2026-03-01 10:00+00' as validated, is_active from public.user_api_keys"))
                .containsExactly(Map.of("validated", true, "is_active", false));
        assertThat(mine(BOB)).isEmpty();
        assertThat(describeIt.as(BOB).rows("select id, user_id, last_validated_at from public.user_api_keys")).isEmpty();
    }

    @Test
    void replacingAKeyClearsItsValidation() throws GeneralSecurityException {
        describeIt.as(SERVICE).update("update public.user_api_keys set last_validated_at = now()");

        describeIt.as(ALICE).rows(SET, "openai", sealed(ALICE, "sk-second"));

        assertThat(describeIt.as(ALICE).rows("select from public.user_api_keys where last_validated_at is null")).hasSize(1);
        assertThat(envelopes.open(ALICE.account(), describeIt.as(SERVICE).value(String.class, "select openai_api_key from public.user_api_keys")))
                .isEqualTo("sk-second");
    }

    @Test
    void usersDeleteOneKeyOrAll() {
        Session alice = describeIt.as(ALICE);
        alice.rows(SET, "unsplash", sealed(ALICE, "u"));

        alice.rows("select public.delete_api_key('openai')");
        assertThat(mine(ALICE)).containsExactly("unsplash");

        assertThat(alice.update("delete from public.user_api_keys where user_id = ?", ALICE.account())).isOne();
        assertThat(describeIt.count("public.user_api_keys")).isZero();
    }

    @Test
    void usersCannotDeleteKeysOfOthers() {
        Session bob = describeIt.as(BOB);

        bob.rows("select public.delete_api_key('openai')");

        assertThat(bob.update("delete from public.user_api_keys")).isZero();
        assertThat(bob.update("delete from public.user_api_keys where user_id = ?", ALICE.account())).isZero();
        assertThat(mine(ALICE)).containsExactly("openai");
    }

    @Test
    void invalidEnvelopeIsRejectedWithoutQuotingIt() {
        Session bob = describeIt.as(BOB);
        Session service = describeIt.as(SERVICE);
        Session operator = describeIt.operator();
        for (String key : List.of(
                "sk-live-PLAINTEXT",
                "",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1::AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:K1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:a23456789012345678901234567890123:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v2:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA+/",
                " enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA\n",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA\nsk-live",
                // Not base64, or with bits set that no byte uses.
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAB",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAB",
                // Keys in clear text as key id, nonce or ciphertext.
                "enc:v1:sk-live-0123456789:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:sk-live-01234567:AAAAAAAAAAAAAAAAAAAAAAA",
                "enc:v1:k1:AAAAAAAAAAAAAAAA:sk-live-0123456789abcdefghij0123",
                // Keys in base64 as ciphertext.
                "enc:v1:k1:AAAAAAAAAAAAAAAA:" + base64("sk-live-0123456789abcdef"),
                "enc:v1:k1:AAAAAAAAAAAAAAAA:" + base64("An Unsplash key: 0~9"))) {
            assertThatThrownBy(() -> bob.rows(SET, "openai", key)).is(sqlState(CHECK_VIOLATION))
                    .hasMessageContaining("not in the format of an encrypted envelope").hasMessageNotContainingAny("sk-live", "AAAAAA");
            assertThatThrownBy(() -> service.update("update public.user_api_keys set anthropic_api_key = ?", key)).is(sqlState(CHECK_VIOLATION))
                    .hasMessageContaining("not in the format of an encrypted envelope").hasMessageNotContainingAny("sk-live", "AAAAAA");
            assertThatThrownBy(() -> operator.update("insert into public.user_api_keys (user_id, unsplash_api_key) values (?, ?)", BOB.account(), key))
                    .is(sqlState(CHECK_VIOLATION)).hasMessageContaining("not in the format of an encrypted envelope")
                    .hasMessageNotContainingAny("sk-live", "AAAAAA");
            assertThat(mine(BOB)).isEmpty();
        }
    }

    @Test
    void oversizedEnvelopeIsRejected() {
        String endless = "enc:v1:k1:AAAAAAAAAAAAAAAA:" + "A".repeat(2000);

        assertThatThrownBy(() -> describeIt.as(BOB).rows(SET, "openai", endless)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void vectorsOfTheEnvelopePageAreStored() throws Exception {
        for (EnvelopeTest.Vector vector : EnvelopeTest.vectors()) {
            Caller caller = new Caller("authenticated", vector.user());
            describeIt.as(caller).rows(SET, "unsplash", vector.envelope());

            assertThat(describeIt.as(SERVICE).value(String.class, "select unsplash_api_key from public.user_api_keys where user_id = ?", vector.user()))
                    .isEqualTo(vector.envelope());
        }
    }

    @Test
    void unknownProviderAndMissingKeyAreRejected() {
        assertThatThrownBy(() -> describeIt.as(BOB).rows(SET, "other", sealed(BOB, "x"))).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> describeIt.as(BOB).rows(SET, null, sealed(BOB, "x"))).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> describeIt.as(BOB).rows(SET, "openai", null)).is(sqlState("22004"));
        assertThatThrownBy(() -> describeIt.as(BOB).rows("select public.delete_api_key('other')")).is(sqlState(INVALID_PARAMETER));
    }

    @Test
    void usersCannotReadOrWriteKeysDirectly() {
        Session alice = describeIt.as(ALICE);
        for (String attack : List.of(
                "select openai_api_key from public.user_api_keys",
                "select * from public.user_api_keys",
                "select to_jsonb(k) from public.user_api_keys as k",
                "select k from public.user_api_keys as k",
                "select count(*) from public.user_api_keys where openai_api_key like 'enc:v1:k%'",
                "select count(openai_api_key) from public.user_api_keys",
                "select id from public.user_api_keys order by openai_api_key",
                "delete from public.user_api_keys where openai_api_key is not null",
                "delete from public.user_api_keys returning openai_api_key",
                "delete from public.user_api_keys returning *",
                "insert into public.user_api_keys (user_id) values ('a11ce000-0000-4000-8000-000000000001')",
                "insert into public.user_api_keys (user_id, openai_api_key) values ('b0b00000-0000-4000-8000-000000000002', 'sk-live-PLAINTEXT')",
                "update public.user_api_keys set last_validated_at = now()",
                "update public.user_api_keys set is_active = true",
                "update public.user_api_keys set openai_api_key = null",
                "update public.user_api_keys set user_id = 'b0b00000-0000-4000-8000-000000000002'",
                "truncate public.user_api_keys",
                "copy public.user_api_keys to stdout",
                "select private.set_api_key('openai', 'x')",
                "select private.list_my_api_keys()",
                "select private.refuse_data_loss('public.user_api_keys', true)")) {
            assertThatThrownBy(() -> alice.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void anonymousCallerHasNoAccess() {
        Session anon = describeIt.as(ANON);
        for (String attack : List.of(
                "select id from public.user_api_keys",
                "delete from public.user_api_keys",
                "select public.set_api_key('openai', 'x')",
                "select public.delete_api_key('openai')",
                "select public.list_my_api_keys()")) {
            assertThatThrownBy(() -> anon.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void callerWithoutAnAccountInTheTokenHasNoAccess() {
        Session nobody = describeIt.as(new Caller("authenticated", null));

        assertThatThrownBy(() -> nobody.rows(SET, "openai", sealed(BOB, "x"))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> nobody.rows("select public.delete_api_key('openai')")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(nobody.rows("select public.list_my_api_keys() as mine").get(0).get("mine")).isNull();
    }

    @Test
    void statisticsDoNotRevealKeys() {
        describeIt.as(STRANGER).rows(SET, "openai", sealed(STRANGER, "x"));
        describeIt.owner().script("analyze public.user_api_keys");

        assertThat(describeIt.operator().rows("select from pg_stats where tablename = 'user_api_keys' and attname = 'openai_api_key'")).isNotEmpty();
        assertThat(describeIt.as(ALICE).rows("select * from pg_stats where tablename = 'user_api_keys'")).isEmpty();
    }

    @Test
    void serviceValidatesAndRotatesKeysButCannotInsert() {
        Session service = describeIt.as(SERVICE);

        assertThat(service.update("update public.user_api_keys set openai_api_key = ?, last_validated_at = now()", sealed(ALICE, "sk-alice"))).isOne();
        assertThatThrownBy(() -> service.update("insert into public.user_api_keys (user_id) values (?)", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> service.update("update public.user_api_keys set user_id = ?", BOB.account())).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void serviceDeletesKeys() {
        assertThat(describeIt.as(SERVICE).update("delete from public.user_api_keys")).isOne();
    }

    @Test
    void deletingAUserDeletesTheirKeys() {
        describeIt.operator().update("delete from public.users where id = ?", ALICE.account());

        assertThat(describeIt.count("public.user_api_keys")).isZero();
    }

    @Test
    void triggerSetsUpdatedAtOnEveryUpdate() {
        describeIt.operator().update("update public.user_api_keys set updated_at = '1999-01-01'");

        assertThat(describeIt.operator().value(Boolean.class, "select updated_at > now() - interval '1 minute' from public.user_api_keys")).isTrue();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> mine(Caller caller) {
        return describeIt.as(caller).column(String.class, "select unnest(public.list_my_api_keys())");
    }

    private String sealed(Caller caller, String secret) {
        try {
            return envelopes.seal("k1", caller.account(), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
