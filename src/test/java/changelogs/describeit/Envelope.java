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
 * The reference for what stands in public.user_api_keys: {@code enc:v1:<key id>:<nonce>:<ciphertext>}, AES-256-GCM with the
 * user's id as associated data. ops/describe-it/envelope.md describes it.
 */
final class Envelope {

    private static final Pattern FORMAT = Pattern.compile("enc:v1:([a-z0-9][a-z0-9._-]{0,31}):([A-Za-z0-9_-]{16}):([A-Za-z0-9_-]{23,})");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> keys;

    /** With the 32-byte keys that may open an envelope, by their ids. */
    Envelope(Map<String, byte[]> keys) {
        this.keys = Map.copyOf(keys);
    }

    String seal(String keyId, UUID user, String secret) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return seal(keyId, user, secret, nonce);
    }

    /** A nonce must never be used twice with a key; only test vectors give one. */
    String seal(String keyId, UUID user, String secret, byte[] nonce) throws GeneralSecurityException {
        byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, keyId, user, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
        return "enc:v1:" + keyId + ":" + base64(nonce) + ":" + base64(ciphertext);
    }

    /** Fails where the envelope was changed, is another user's, or was sealed with a key that is not at hand. */
    String open(UUID user, String envelope) throws GeneralSecurityException {
        Matcher parts = FORMAT.matcher(envelope);
        if (!parts.matches()) {
            throw new GeneralSecurityException("This is not an envelope of version 1.");
        }
        byte[] nonce = Base64.getUrlDecoder().decode(parts.group(2));
        byte[] ciphertext = Base64.getUrlDecoder().decode(parts.group(3));
        return new String(cipher(Cipher.DECRYPT_MODE, parts.group(1), user, nonce).doFinal(ciphertext), StandardCharsets.UTF_8);
    }

    /** The same secret under another key. */
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
