package changelogs.bench;

import changelogs.testing.Caller;
import java.util.Locale;
import java.util.UUID;

/** A caller, by the number of rows that belong to it. */
enum Person {
    FEW(Crowd.person(7)),
    NONE(Caller.STRANGER),
    MANY(Caller.ALICE),
    ADMIN(Caller.ADMIN);

    private final Caller caller;

    Person(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    UUID account() {
        return caller.account();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
