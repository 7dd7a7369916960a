package changelogs.polaris.content;

import changelogs.server.Server;
import changelogs.testing.Session;
import changelogs.testing.Skip;

/** Vectors of 768 numbers in one plane, so that the distance of two vectors follows from their angles. */
final class Vectors {

    private Vectors() {
    }

    /** Skips the tests of a class on servers without pgvector. */
    static void needPgvector() {
        try (Session postgres = Session.in("postgres", Server.OPERATOR)) {
            Skip.unless(!postgres.rows("select from pg_available_extension_versions where name = 'vector' and (installed or trusted)").isEmpty(),
                    "semantic search, because this server has no pgvector");
        }
    }

    static boolean isThere(Session owner) {
        return owner.value(Boolean.class, "select public.is_search_ready()");
    }

    /** The vector at an angle, as text. Vectors at 0 and 180 degrees are opposite, with distance 2. */
    static String at(int degrees) {
        return "[" + Math.cos(Math.toRadians(degrees)) + "," + Math.sin(Math.toRadians(degrees)) + ",0".repeat(766) + "]";
    }
}
