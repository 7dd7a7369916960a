package changelogs.polaris;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.UUID;

/** Accounts that the tests of Polaris act as, with a coach and drills. */
public final class People {

    public static final String COACH = "demo";
    /** Published, for every tier. */
    public static final UUID DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000001");
    /** Published, for paying tiers only. */
    public static final UUID PAID_DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000002");
    /** A draft, not published. */
    public static final UUID DRAFT_DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000003");

    private People() {
    }

    /** Creates accounts for Alice, Bob, a stranger and an admin, a coach and three drills; returns a session of the owner. */
    public static Session signUp(Database polaris) {
        Session owner = polaris.owner();
        for (Caller caller : new Caller[] {Caller.ALICE, Caller.BOB, Caller.STRANGER, Caller.ADMIN}) {
            owner.update("insert into auth.users (id, email) values (?, ?)", caller.account(), caller.account() + "@example.com");
        }
        owner.update("update public.profiles set role = 'admin' where id = ?", Caller.ADMIN.account());
        owner.update("insert into public.coaches (key, display_name) values (?, 'Demo coach')", COACH);
        drill(owner, DRILL, false, "published");
        drill(owner, PAID_DRILL, true, "published");
        drill(owner, DRAFT_DRILL, false, "draft");
        return owner;
    }

    public static void drill(Session owner, UUID id, boolean gating, String state) {
        owner.update("insert into public.drills (id, coach_key, type, title, prompt, gating, state) values (?, ?, 'speaking', 'A drill', 'Say it.', ?, ?)",
                id, COACH, gating, state);
    }

    /** Grants a tier from now on, as an admin would. */
    public static void tier(Session owner, Caller caller, String tier) {
        owner.update("delete from public.entitlements where user_id = ?", caller.account());
        if (!tier.equals("free")) {
            owner.update("insert into public.entitlements (user_id, plan_code, source, source_ref) values (?, ?, 'promo', gen_random_uuid()::text)",
                    caller.account(), tier);
        }
    }
}
