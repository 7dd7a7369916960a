package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test methods on which the tests of this package try mutations. */
final class Samples {

    private Samples() {
    }

    static final class Players {

        @RegisterExtension
        final Database vectors = Database.of("vectors");

        @Test
        void strangerReadsNothing() {
            vectors.owner().update("insert into public.game_profiles (user_id) values (null)");

            assertThat(vectors.as(Caller.STRANGER).rows("select from public.vector_progress")).isEmpty();
        }

        @Test
        void serviceCountsProfiles() {
            assertThat(vectors.as(Caller.SERVICE).value(Long.class, "select count(*) from public.game_profiles")).isZero();
        }
    }
}
