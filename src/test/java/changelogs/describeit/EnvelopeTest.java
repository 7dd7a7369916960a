package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Envelopes match the test vectors of ops/describe-it/envelope.md. */
class EnvelopeTest {

    private static final Path PAGE = Path.of("ops/describe-it/envelope.md");
    private static final Pattern VECTOR = Pattern.compile(
            "\\| `([^`]+)` \\| `([0-9a-f]{64})` \\| `([0-9a-f-]{36})` \\| `([0-9a-f]{24})` \\| `([^`]+)` \\| `([^`]+)` \\|");
    private static final byte[] OLD = new byte[32];
    private static final byte[] NEW = HexFormat.of().parseHex("11".repeat(32));

    private final Envelope envelopes = new Envelope(Map.of("old", OLD, "new", NEW));

    record Vector(String keyId, byte[] key, UUID user, byte[] nonce, String secret, String envelope) {
    }

    static List<Vector> vectors() throws IOException {
        return VECTOR.matcher(Files.readString(PAGE)).results().map(row -> new Vector(row.group(1), HexFormat.of().parseHex(row.group(2)),
                UUID.fromString(row.group(3)), HexFormat.of().parseHex(row.group(4)), row.group(5), row.group(6))).toList();
    }

    @TestFactory
    List<DynamicTest> vectorsOfThePageCanBeSealedAndOpened() throws IOException {
        assertThat(vectors()).hasSize(4);
        return vectors().stream().map(vector -> DynamicTest.dynamicTest(vector.envelope(), () -> {
            Envelope envelope = new Envelope(Map.of(vector.keyId(), vector.key()));

            assertThat(envelope.seal(vector.keyId(), vector.user(), vector.secret(), vector.nonce())).isEqualTo(vector.envelope());
            assertThat(envelope.open(vector.user(), vector.envelope())).isEqualTo(vector.secret());
        })).toList();
    }

    @Test
    void sealingTheSameSecretTwiceGivesDifferentEnvelopes() throws GeneralSecurityException {
        assertThat(envelopes.seal("new", ALICE.account(), "sk-1")).isNotEqualTo(envelopes.seal("new", ALICE.account(), "sk-1"));
    }

    @Test
    void envelopeOfAnotherUserCannotBeOpened() throws GeneralSecurityException {
        String envelope = envelopes.seal("new", ALICE.account(), "sk-1");

        assertThatThrownBy(() -> envelopes.open(BOB.account(), envelope)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void modifiedEnvelopeCannotBeOpened() throws GeneralSecurityException {
        String envelope = envelopes.seal("new", ALICE.account(), "sk-live-0123456789");

        for (int i = "enc:v1:".length(); i < envelope.length() - 1; i++) {
            char other = envelope.charAt(i) == 'a' ? 'b' : 'a';
            String changed = envelope.substring(0, i) + other + envelope.substring(i + 1);
            assertThatThrownBy(() -> envelopes.open(ALICE.account(), changed)).as(changed).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> envelopes.open(ALICE.account(), envelope.replace(":new:", ":old:"))).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> envelopes.open(ALICE.account(), "sk-live-PLAINTEXT")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void rotationSealsTheSameSecretWithTheNewKey() throws GeneralSecurityException {
        String old = envelopes.seal("old", ALICE.account(), "sk-1");

        String rotated = envelopes.rotate("new", ALICE.account(), old);

        assertThat(rotated).startsWith("enc:v1:new:");
        assertThat(new Envelope(Map.of("new", NEW)).open(ALICE.account(), rotated)).isEqualTo("sk-1");
    }
}
