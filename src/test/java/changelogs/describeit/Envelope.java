package changelogs.describeit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reference implementation of the values in public.user_api_keys: {@code enc:v1:<key id>:<nonce>:<ciphertext>}, AES-256-GCM with the user's
 * id as associated data. ops/describe-it/envelope.md describes the format.
 */
final class Envelope {

    private static final Pattern FORMAT = Pattern.compile("enc:v1:([a-z0-9][a-z0-9._-]{0,31}):([A-Za-z0-9_-]{16}):([A-Za-z0-9_-]{23,})");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> keys;

    /** Takes the 32-byte keys for opening envelopes, by key id. */
    Envelope(Map<String, byte[]> keys) {
        this.keys = Map.copyOf(keys);
    }

    String seal(String keyId, UUID user, String secret) throws GeneralSecurityException {
        String envelope;
        do {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            envelope = seal(keyId, user, secret, nonce);
        } while (looksUnencrypted(envelope));
        return envelope;
    }

    /** Seals with a given nonce. A nonce must never be reused with a key, so only test vectors pass one. */
    String seal(String keyId, UUID user, String secret, byte[] nonce) throws GeneralSecurityException {
        byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, keyId, user, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
        return "enc:v1:" + keyId + ":" + base64(nonce) + ":" + base64(ciphertext);
    }

    /** Whether the database would take the envelope for a key in clear text: about one of 130,000. */
    private static boolean looksUnencrypted(String envelope) {
        byte[] ciphertext = Base64.getUrlDecoder().decode(envelope.substring(envelope.lastIndexOf(':') + 1));
        return envelope.contains(":sk-") || new String(ciphertext, StandardCharsets.ISO_8859_1).matches("[ -~]+");
    }

    /** Opens an envelope; fails if it was modified, belongs to another user, or was sealed with an unknown key. */
    String open(UUID user, String envelope) throws GeneralSecurityException {
        Matcher parts = FORMAT.matcher(envelope);
        if (!parts.matches()) {
            throw new GeneralSecurityException("This is not an envelope of version 1.");
        }
        byte[] nonce = Base64.getUrlDecoder().decode(parts.group(2));
        byte[] ciphertext = Base64.getUrlDecoder().decode(parts.group(3));
        return new String(cipher(Cipher.DECRYPT_MODE, parts.group(1), user, nonce).doFinal(ciphertext), StandardCharsets.UTF_8);
    }

    /** Seals the same secret with another key. */
    String rotate(String toKeyId, UUID user, String envelope) throws GeneralSecurityException {
        return seal(toKeyId, user, open(user, envelope));
    }

    private Cipher cipher(int mode, String keyId, UUID user, byte[] nonce) throws GeneralSecurityException {
        byte[] key = keys.get(keyId);
        if (key == null || key.length != 32) {
            throw new GeneralSecurityException("There is no 256-bit key " + keyId + ".");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(user.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
