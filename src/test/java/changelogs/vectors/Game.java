package changelogs.vectors;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.UUID;

/** A game with two profiles of Alice, one of Bob, and one without a user. */
final class Game {

    static final UUID ALICE_PROFILE = UUID.fromString("a11ce000-0000-4000-8000-00000000000a");
    static final UUID ALICE_SECOND_PROFILE = UUID.fromString("a11ce000-0000-4000-8000-00000000000b");
    static final UUID BOB_PROFILE = UUID.fromString("b0b00000-0000-4000-8000-00000000000a");
    static final UUID UNCLAIMED_PROFILE = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    private Game() {
    }

    static void populate(Database database) {
        Session operator = database.operator();
        for (Caller player : new Caller[] {Caller.ALICE, Caller.BOB, Caller.STRANGER}) {
            operator.update("insert into auth.users (id) values (?)", player.account());
        }
        profile(operator, ALICE_PROFILE, Caller.ALICE.account());
        profile(operator, ALICE_SECOND_PROFILE, Caller.ALICE.account());
        profile(operator, BOB_PROFILE, Caller.BOB.account());
        profile(operator, UNCLAIMED_PROFILE, null);
    }

    static void profile(Session operator, UUID profile, UUID account) {
        operator.update("insert into public.game_profiles (id, user_id) values (?, ?)", profile, account);
    }

    /** Inserts profiles without a user in bulk. */
    static void crowd(Session operator, int profiles) {
        operator.update("insert into public.game_profiles (id) select gen_random_uuid() from generate_series(1, ?)", profiles);
    }
}
