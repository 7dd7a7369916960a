package changelogs.polaris;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.UUID;

/** The accounts that the tests of Polaris act as, and something for them to practise. */
public final class People {

    public static final String COACH = "demo";
    /** Out, and for everyone. */
    public static final UUID DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000001");
    /** Out, and for paying tiers. */
    public static final UUID PAID_DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000002");
    /** Not out. */
    public static final UUID DRAFT_DRILL = UUID.fromString("00d10000-0000-4000-8000-000000000003");

    private People() {
    }

    /** Alice, Bob, a stranger and an admin sign up, with a coach and three drills. Gives the owner's session. */
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

    /** As an admin gives it, from now on. */
    public static void tier(Session owner, Caller caller, String tier) {
        owner.update("delete from public.entitlements where user_id = ?", caller.account());
        if (!tier.equals("free")) {
            owner.update("insert into public.entitlements (user_id, plan_code, source, source_ref) values (?, ?, 'promo', gen_random_uuid()::text)",
                    caller.account(), tier);
        }
    }
}
