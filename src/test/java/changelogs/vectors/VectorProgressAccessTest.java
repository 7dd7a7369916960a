package changelogs.vectors;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.UNIQUE_VIOLATION;
import static changelogs.testing.SqlFailed.sqlState;
import static changelogs.vectors.Game.ALICE_PROFILE;
import static changelogs.vectors.Game.ALICE_SECOND_PROFILE;
import static changelogs.vectors.Game.BOB_PROFILE;
import static changelogs.vectors.Game.UNCLAIMED_PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Read and write access to public.vector_progress. */
class VectorProgressAccessTest {

    private static final String STEPS = "select sum(step_index) from public.vector_progress where profile_id = ?";

    @RegisterExtension
    final Database vectors = Database.of("vectors");

    @BeforeEach
    void populate() {
        Game.populate(vectors);
    }

    @Test
    void playersReadRowsOfAllTheirProfiles() {
        assertThat(vectors.as(ALICE).column(UUID.class, "select distinct profile_id from public.vector_progress"))
                .containsExactlyInAnyOrder(ALICE_PROFILE, ALICE_SECOND_PROFILE);
    }

    @Test
    void strangerReadsNothing() {
        assertThat(vectors.as(STRANGER).rows("select * from public.vector_progress")).isEmpty();
    }

    @Test
    void callerWithoutAnAccountInTheTokenReadsNothing() {
        assertThat(vectors.as(new changelogs.testing.Caller("authenticated", null)).rows("select * from public.vector_progress")).isEmpty();
    }

    @Test
    void playersInsertAndUpdateTheirProgress() {
        Session alice = vectors.as(ALICE);

        assertThat(alice.update("insert into public.vector_progress (profile_id, vector, version) values (?, 'genius', 'v2')", ALICE_PROFILE)).isOne();
        assertThat(alice.update("update public.vector_progress set step_index = 3 where profile_id = ? and version = 'v2'", ALICE_PROFILE)).isOne();

        assertThat(alice.value(Long.class, STEPS, ALICE_PROFILE)).isEqualTo(3);
    }

    @Test
    void upsertThroughTheApiUpdatesTheExistingRow() {
        // PostgREST sets every column of the payload, including the key columns.
        assertThat(vectors.as(ALICE).update("""
                insert into public.vector_progress (profile_id, vector, version, step_index) values (?, 'mind', 'v1', 7)
                on conflict (profile_id, vector, version) do update
                set profile_id = excluded.profile_id, vector = excluded.vector, version = excluded.version, step_index = excluded.step_index
                """, ALICE_PROFILE)).isOne();

        assertThat(vectors.operator().value(Long.class, STEPS, ALICE_PROFILE)).isEqualTo(7);
    }

    @Test
    void playerCannotAddProgressForSomeoneElse() {
        Session bob = vectors.as(BOB);

        for (UUID profile : new UUID[] {ALICE_PROFILE, UNCLAIMED_PROFILE}) {
            assertThatThrownBy(() -> bob.update("insert into public.vector_progress (profile_id, vector, version) values (?, 'body', 'v9')", profile))
                    .is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(vectors.operator().rows("select from public.vector_progress where version = 'v9'")).isEmpty();
    }

    @Test
    void upsertCannotReachSomeoneElsesRow() {
        assertThatThrownBy(() -> vectors.as(BOB).update("""
                insert into public.vector_progress (profile_id, vector, step_index) values (?, 'mind', 99)
                on conflict (profile_id, vector, version) do update set step_index = excluded.step_index
                """, ALICE_PROFILE)).is(sqlState(INSUFFICIENT_PRIVILEGE));

        assertThat(vectors.operator().value(Long.class, STEPS, ALICE_PROFILE)).isZero();
    }

    @Test
    void playerCannotChangeSomeoneElsesProgress() {
        assertThat(vectors.as(BOB).update("update public.vector_progress set step_index = 99 where profile_id = ?", ALICE_PROFILE)).isZero();
        // An update that reads no column is limited by the update policy alone, not by the select policy.
        vectors.as(BOB).update("update public.vector_progress set step_index = 99");

        assertThat(vectors.operator().value(Long.class, STEPS, ALICE_PROFILE)).isZero();
    }

    @Test
    void playerCannotMoveARowToSomeoneElse() {
        assertThatThrownBy(() -> vectors.as(BOB).update(
                "update public.vector_progress set profile_id = ?, version = 'v9' where profile_id = ? and vector = 'mind'", ALICE_PROFILE, BOB_PROFILE))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));

        assertThat(vectors.operator().rows("select from public.vector_progress where version = 'v9'")).isEmpty();
    }

    @Test
    void playersHaveNoOtherRights() {
        Session bob = vectors.as(BOB);

        for (String attack : List.of(
                "delete from public.vector_progress",
                "truncate public.vector_progress",
                "insert into public.vector_progress (id, profile_id, vector, version) values (gen_random_uuid(), 'b0b00000-0000-4000-8000-00000000000a', 'mind', 'v9')",
                "insert into public.vector_progress (profile_id, vector, version, created_at) values ('b0b00000-0000-4000-8000-00000000000a', 'mind', 'v9', '1999-01-01')",
                "update public.vector_progress set created_at = '1999-01-01'",
                "update public.vector_progress set updated_at = '1999-01-01'",
                "update public.vector_progress set id = gen_random_uuid()",
                "lock table public.vector_progress in access exclusive mode",
                "create trigger t before insert on public.vector_progress for each row execute function public.set_updated_at()",
                "alter table public.vector_progress disable row level security",
                "select private.owned_profile_ids()",
                "select private.seed_vector_progress()",
                "select private.backfill_vector_progress(1)",
                "select private.refuse_data_loss('public.vector_progress', true)",
                "select * from private.backfills",
                "select * from extensions.databasechangelog")) {
            assertThatThrownBy(() -> bob.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void anonymousCallerHasNoAccess() {
        Session anon = vectors.as(ANON);

        for (String attack : List.of(
                "select * from public.vector_progress",
                "select count(*) from public.vector_progress",
                "insert into public.vector_progress (profile_id, vector) values ('b0b00000-0000-4000-8000-00000000000a', 'x')",
                "update public.vector_progress set step_index = 1",
                "delete from public.vector_progress",
                "truncate public.vector_progress",
                "lock table public.vector_progress in access share mode",
                "select * from private.backfills",
                "select * from extensions.databasechangelog")) {
            assertThatThrownBy(() -> anon.update(attack)).as(attack).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void serviceClaimsDoNotGrantServiceRights() {
        var impostor = new changelogs.testing.Caller("authenticated", BOB.account()) ;
        Session bob = vectors.as(impostor);

        assertThat(bob.column(UUID.class, """
                with claims as materialized (select set_config('request.jwt.claims', '{"role":"service_role"}', true))
                select profile_id from public.vector_progress, claims
                """)).doesNotContain(ALICE_PROFILE);
    }

    @Test
    void serviceReadsAndWritesAllProgress() {
        Session service = vectors.as(SERVICE);

        assertThat(service.value(Long.class, "select count(distinct profile_id) from public.vector_progress")).isEqualTo(4);
        assertThat(service.update("update public.vector_progress set step_index = 2 where profile_id = ?", ALICE_PROFILE)).isEqualTo(5);
        assertThat(service.update("delete from public.vector_progress where profile_id = ?", BOB_PROFILE)).isEqualTo(5);
    }

    @Test
    void serviceCannotTruncateTheTable() {
        assertThatThrownBy(() -> vectors.as(SERVICE).update("truncate public.vector_progress")).is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void invalidProgressIsRejected() {
        Session service = vectors.as(SERVICE);

        assertThatThrownBy(() -> service.update("update public.vector_progress set step_index = -5")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> service.update("update public.vector_progress set vector = ''")).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> service.update("insert into public.vector_progress (profile_id, vector) values (?, 'mind')", BOB_PROFILE))
                .is(sqlState(UNIQUE_VIOLATION));
    }

    @Test
    void triggerSetsUpdatedAtOnEveryUpdate() {
        vectors.operator().update("alter table public.vector_progress disable trigger trg_vector_progress_updated_at");
        vectors.operator().update("update public.vector_progress set updated_at = '1999-01-01'");
        vectors.operator().update("alter table public.vector_progress enable trigger trg_vector_progress_updated_at");

        vectors.as(SERVICE).update("update public.vector_progress set step_index = 1, updated_at = '1999-01-01' where profile_id = ?", BOB_PROFILE);

        assertThat(vectors.operator().value(Long.class, "select count(*) from public.vector_progress where updated_at > now() - interval '1 minute'"))
                .isEqualTo(5);
    }

    @Test
    void deletingAProfileDeletesItsProgress() {
        vectors.operator().update("delete from public.game_profiles where id = ?", BOB_PROFILE);

        assertThat(vectors.operator().rows("select from public.vector_progress where profile_id = ?", BOB_PROFILE)).isEmpty();
    }
}
