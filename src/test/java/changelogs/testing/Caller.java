package changelogs.testing;

import java.util.UUID;

/** A caller of the API: database role and the account in the token. */
public record Caller(String role, UUID account) {

    public static final Caller ANON = new Caller("anon", null);
    public static final Caller ALICE = user("a11ce000-0000-4000-8000-000000000001");
    public static final Caller BOB = user("b0b00000-0000-4000-8000-000000000002");
    /** A signed-in user without any related rows. */
    public static final Caller STRANGER = user("57a96e00-0000-4000-8000-000000000003");
    /** A signed-in admin in systems where accounts have roles; a stranger elsewhere. */
    public static final Caller ADMIN = user("ad000000-0000-4000-8000-000000000004");
    public static final Caller SERVICE = new Caller("service_role", null);

    private static Caller user(String account) {
        return new Caller("authenticated", UUID.fromString(account));
    }

    /** The claims of the token, as the API passes them to the database. */
    public String claims() {
        return account == null
                ? "{\"role\":\"" + role + "\"}"
                : "{\"role\":\"" + role + "\",\"sub\":\"" + account + "\"}";
    }

    /** SQL that gives a transaction of authenticator the role and claims of the caller. */
    public String become() {
        return "select set_config('role', '" + role + "', true), set_config('request.jwt.claims', '" + claims() + "', true)";
    }
}
