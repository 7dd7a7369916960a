package changelogs.polaris.practice;

import static changelogs.polaris.People.COACH;
import static changelogs.polaris.People.DRAFT_DRILL;
import static changelogs.polaris.People.DRILL;
import static changelogs.polaris.People.PAID_DRILL;
import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.Caller.STRANGER;
import static changelogs.testing.SqlFailed.CHECK_VIOLATION;
import static changelogs.testing.SqlFailed.FOREIGN_KEY_VIOLATION;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.INVALID_PARAMETER;
import static changelogs.testing.SqlFailed.NO_DATA_FOUND;
import static changelogs.testing.SqlFailed.WRONG_STATE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.anyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Meanwhile;
import changelogs.testing.OfItsOwn;
import changelogs.testing.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assignments: permissions, visibility, states and totals of attempts. Bob is staff of Alice's coach. */
class AssignmentsTest {

    private static final List<String> STATES = List.of("assigned", "in_progress", "completed", "skipped", "expired", "cancelled");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    private Session owner;
    private Session alice;
    private Session bob;
    private Session service;

    @BeforeEach
    void bobActsForTheCoachThatAliceUses() {
        owner = People.signUp(polaris);
        alice = polaris.as(ALICE);
        bob = polaris.as(BOB);
        service = polaris.as(SERVICE);
        alice.rows("select public.choose_coach(?)", COACH);
        polaris.as(ADMIN).update("insert into public.coach_staff (user_id, coach_key) values (?, ?)", BOB.account(), COACH);
    }

    @Test
    void onlyAdminsAssignCoachStaffAndChangesAreAudited() {
        for (Session caller : new Session[] {alice, bob}) {
            assertThatThrownBy(() -> caller.update("insert into public.coach_staff (user_id, coach_key) values (?, ?)", ALICE.account(), COACH))
                    .is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThat(caller.update("delete from public.coach_staff")).isZero();
        }
        assertThat(alice.rows("select * from public.coach_staff")).isEmpty();
        assertThat(bob.rows("select * from public.coach_staff")).hasSize(1);
        assertThat(owner.column(UUID.class, "select actor_user_id from public.audit_logs where table_name = 'public.coach_staff'")).containsExactly(ADMIN.account());
        assertThat(polaris.as(ADMIN).update("delete from public.coach_staff")).isOne();
        assertThatThrownBy(() -> assign(bob, ALICE, DRILL)).as("assigning after removal from the staff").is(sqlState(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void onlyStaffAdminsAndTheServiceAssign() {
        for (Caller caller : new Caller[] {BOB, ADMIN, SERVICE}) {
            UUID made = assign(polaris.as(caller), ALICE, DRILL);
            assertThat(owner.rows("select user_id, coach_key, state, title, created_by from public.assignments where id = ?", made)).singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("user_id", ALICE.account()).containsEntry("coach_key", COACH)
                            .containsEntry("state", "assigned").containsEntry("title", "A drill").containsEntry("created_by", caller.account()));
            service.rows("select public.cancel_assignment(?)", made);
        }
        assertThatThrownBy(() -> assign(alice, ALICE, DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> assign(polaris.as(STRANGER), ALICE, DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> assign(polaris.as(ANON), ALICE, DRILL)).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.update("insert into public.assignments (user_id, coach_key, drill_id, title) values (auth.uid(), ?, ?, 'Mine')", COACH, DRILL))
                .is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThat(owner.value(Long.class, "select count(*) from public.events where name = 'assignment_created' and user_id = ?", ALICE.account())).isEqualTo(3);
    }

    @Test
    void staffAssignOnlyLearnersAndContentOfTheirCoach() {
        owner.update("insert into public.coaches (key, display_name) values ('other', 'Other')");
        UUID elsewhere = UUID.randomUUID();
        owner.update("insert into public.drills (id, coach_key, type, title, prompt, state) values (?, 'other', 'speaking', 'Elsewhere', 'Say it.', 'published')", elsewhere);

        assertThatThrownBy(() -> assign(bob, STRANGER, DRILL)).as("learner of another coach").is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> bob.rows("select public.assign(?, ?)", UUID.randomUUID(), DRILL)).as("unknown learner").is(sqlState(NO_DATA_FOUND));
        assertThatThrownBy(() -> assign(bob, ALICE, elsewhere)).as("content of another coach").is(sqlState(NO_DATA_FOUND));
        for (Session caller : new Session[] {bob, service}) {
            assertThatThrownBy(() -> assign(caller, ALICE, DRAFT_DRILL)).is(sqlState(NO_DATA_FOUND));
            assertThatThrownBy(() -> assign(caller, ALICE, PAID_DRILL)).is(sqlState(NO_DATA_FOUND));
        }
        People.tier(owner, ALICE, "pro");
        assertThat(assign(bob, ALICE, PAID_DRILL)).isNotNull();
        assertThat(assign(service, ALICE, elsewhere)).isNotNull();
        assertThat(bob.rows("select * from public.profiles")).as("profiles visible to staff").hasSize(1);
        assertThat(bob.rows("select * from public.sessions")).isEmpty();
    }

    @Test
    void assignmentHasOneTargetAndAFutureDueDate() {
        UUID set = set(1).get(0);

        assertThatThrownBy(() -> bob.rows("select public.assign(?, ?, ?)", ALICE.account(), DRILL, set)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> bob.rows("select public.assign(?)", ALICE.account())).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> bob.rows("select public.assign(p_user => ?, p_drill => ?, p_due_at => now() - interval '1 second')", ALICE.account(), DRILL)).is(sqlState(INVALID_PARAMETER));
        assertThatThrownBy(() -> owner.update("insert into public.assignments (user_id, coach_key, title) values (?, ?, 'Nothing')", ALICE.account(), COACH)).is(sqlState(CHECK_VIOLATION));
        assertThat(bob.value(UUID.class, "select public.assign(p_user => ?, p_set => ?)", ALICE.account(), set)).isNotNull();
    }

    @Test
    @OfItsOwn
    void assigningTwiceReturnsTheOpenAssignmentEvenConcurrently() {
        Session second = polaris.as(BOB);
        var one = Meanwhile.get(() -> assign(bob, ALICE, DRILL));
        var two = Meanwhile.get(() -> assign(second, ALICE, DRILL));

        assertThat(one.join()).isEqualTo(two.join());
        alice.rows("select public.skip_assignment(?)", one.join());
        assertThat(assign(bob, ALICE, DRILL)).as("new assignment after the first ended").isNotEqualTo(one.join());
        assertThat(polaris.count("public.assignments")).isEqualTo(2);
    }

    @Test
    void learnersStaffAndAdminsSeeOnlyTheirAssignments() {
        UUID hers = assign(bob, ALICE, DRILL);
        assign(service, STRANGER, DRILL);
        submit(alice, hers);

        Map.of(ALICE, 1, BOB, 2, STRANGER, 1, ADMIN, 2, SERVICE, 2).forEach((caller, seen) -> {
            assertThat(polaris.as(caller).rows("select * from public.assignments")).as(caller.toString()).hasSize(seen);
            assertThat(polaris.as(caller).rows("select * from public.v_assignment_latest")).as(caller.toString()).hasSize(seen);
            assertThat(polaris.as(caller).rows("select * from public.assignment_attempts")).as(caller.toString()).hasSize(caller == STRANGER ? 0 : 1);
            assertThat(polaris.as(caller).rows("select * from public.v_assignment_attempts_daily")).as(caller.toString()).hasSize(caller == STRANGER ? 0 : 1);
        });
        for (String what : List.of("coach_staff", "assignments", "assignment_attempts", "v_assignment_latest", "v_assignment_attempts_daily")) {
            assertThatThrownBy(() -> polaris.as(ANON).rows("select * from public." + what)).as(what).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void clientsCannotWriteStatesOrScoresAndStaffUpdateTitleAndDueDate() {
        UUID id = assign(bob, ALICE, DRILL);
        submit(alice, id);

        for (String column : List.of("state = 'completed'", "best_score = 100", "attempts_count = 9", "user_id = created_by", "created_by = user_id", "coach_key = 'other'",
                "rubric_summary = '{}'", "completed_at = now()")) {
            for (Session caller : new Session[] {alice, bob, polaris.as(ADMIN)}) {
                assertThatThrownBy(() -> caller.update("update public.assignments set " + column)).as(column).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
        assertThat(alice.update("update public.assignments set due_at = null, title = 'Mine'")).isZero();
        assertThat(bob.update("update public.assignments set title = 'First', priority = 1, due_at = now() + interval '1 day'")).isOne();
        for (Session caller : new Session[] {alice, bob, polaris.as(ADMIN)}) {
            assertThatThrownBy(() -> caller.update("update public.assignment_attempts set score = 100")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> caller.update("delete from public.assignment_attempts")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> caller.update("delete from public.assignments")).is(sqlState(INSUFFICIENT_PRIVILEGE));
            assertThatThrownBy(() -> caller.update("insert into public.assignment_attempts (assignment_id, user_id, coach_key, score) values (?, ?, ?, 100)", id, ALICE.account(), COACH))
                    .is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void onlyTheLearnerAndTheServiceAnswerAnAssignment() {
        UUID id = assign(bob, ALICE, DRILL);

        for (String call : List.of("start_assignment(?)", "submit_assignment_attempt(?, '{}')", "complete_assignment(?)", "skip_assignment(?)")) {
            for (Caller caller : new Caller[] {BOB, STRANGER, ADMIN}) {
                assertThatThrownBy(() -> polaris.as(caller).rows("select public." + call, id)).as(call).is(sqlState(NO_DATA_FOUND));
            }
            assertThatThrownBy(() -> alice.rows("select public." + call, UUID.randomUUID())).as(call).is(sqlState(NO_DATA_FOUND));
            assertThatThrownBy(() -> polaris.as(ANON).rows("select public." + call, id)).as(call).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (Caller caller : new Caller[] {ALICE, STRANGER}) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public.cancel_assignment(?)", id)).is(sqlState(NO_DATA_FOUND));
        }
        assertThat(bob.value(String.class, "select state from public.cancel_assignment(?)", id)).isEqualTo("cancelled");
        assertThat(bob.value(String.class, "select state from public.cancel_assignment(?)", id)).as("repeated cancellation").isEqualTo("cancelled");
        assertThatThrownBy(() -> alice.rows("select public.start_assignment(?)", id)).is(sqlState(CHECK_VIOLATION));
        assertThatThrownBy(() -> submit(alice, id)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void assignmentStatesFollowTheWorkflow() {
        for (String from : STATES) {
            for (String to : STATES) {
                UUID id = assign(service, ALICE, DRILL);
                if (List.of("in_progress", "completed").contains(from)) {
                    service.update("update public.assignments set state = 'in_progress' where id = ?", id);
                }
                service.update("update public.assignments set state = ? where id = ?", from, id);
                boolean allowed = from.equals(to)
                        || "assigned".equals(from) && !"completed".equals(to)
                        || "in_progress".equals(from) && !"assigned".equals(to);
                if (allowed) {
                    assertThat(service.update("update public.assignments set state = ? where id = ?", to, id)).as("%s to %s", from, to).isOne();
                } else {
                    assertThatThrownBy(() -> owner.update("update public.assignments set state = ? where id = ?", to, id)).as("%s to %s", from, to).is(sqlState(CHECK_VIOLATION));
                }
                owner.update("delete from public.assignments where id = ?", id);
            }
        }
        assertThatThrownBy(() -> service.update("insert into public.assignments (user_id, coach_key, drill_id, title, state, started_at, completed_at) values (?, ?, ?, 'Done', 'completed', now(), now())",
                ALICE.account(), COACH, DRILL)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void learnerAndTargetAreImmutable() {
        UUID id = assign(bob, ALICE, DRILL);
        UUID attempt = submit(alice, id);

        for (String change : List.of("user_id = '" + BOB.account() + "'", "drill_id = '" + PAID_DRILL + "'", "created_by = '" + ALICE.account() + "'", "created_at = '1999-01-01'")) {
            assertThatThrownBy(() -> service.update("update public.assignments set " + change)).as(change).is(sqlState(CHECK_VIOLATION));
        }
        for (String change : List.of("input_payload = '{\"text\": \"better\"}'", "submitted_at = '1999-01-01'", "duration_sec = 1")) {
            assertThatThrownBy(() -> service.update("update public.assignment_attempts set " + change)).as(change).is(sqlState(CHECK_VIOLATION));
        }
        assertThatThrownBy(() -> service.update("insert into public.assignment_attempts (assignment_id, user_id, coach_key) values (?, ?, ?)", id, BOB.account(), COACH))
                .as("attempt of another user").is(sqlState(FOREIGN_KEY_VIOLATION));
        assertThat(service.update("update public.assignment_attempts set transcript = '[\"hello\"]', score = 50 where id = ?", attempt)).isOne();
    }

    @Test
    void repeatedAnswerCountsOnceAndForeignIdsAreAnsweredLikeAnyOther() {
        UUID id = assign(bob, ALICE, DRILL);
        UUID other = assign(service, STRANGER, DRILL);
        UUID request = UUID.randomUUID();
        String answer = "select public.submit_assignment_attempt(p_assignment => ?, p_input => '{}', p_attempt => ?)";

        UUID attempt = alice.value(UUID.class, answer, id, request);
        assertThat(alice.value(UUID.class, answer, id, request)).isEqualTo(attempt);
        for (UUID known : new UUID[] {request, attempt}) {
            assertThat(polaris.as(STRANGER).value(UUID.class, answer, other, known)).isNotIn(request, attempt);
        }
        assertThat(owner.value(Integer.class, "select attempts_count from public.assignments where id = ?", id)).isOne();
        assertThat(owner.value(String.class, "select state from public.assignments where id = ?", id)).isEqualTo("in_progress");
    }

    @Test
    @OfItsOwn
    void totalsFollowInsertedScoredRescoredAndDeletedAttempts() {
        UUID id = assign(bob, ALICE, DRILL);
        UUID first = submit(alice, id);
        assertThat(sums(id)).isEqualTo("1 - -");
        score(first, "80");
        assertThat(sums(id)).isEqualTo("1 80.00 80.00");
        UUID second = submit(alice, id);
        assertThat(sums(id)).isEqualTo("2 80.00 80.00");
        score(second, "60");
        assertThat(sums(id)).isEqualTo("2 60.00 80.00");
        score(first, "40");
        assertThat(sums(id)).isEqualTo("2 60.00 60.00");
        assertThat(owner.value(Long.class, "select count(*) from public.assignment_attempts where scored_at is not null")).isEqualTo(2);
        score(first, null);
        service.update("delete from public.assignment_attempts where id = ?", second);
        assertThat(sums(id)).isEqualTo("1 - -");
        assertThatThrownBy(() -> score(first, "101")).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    @OfItsOwn
    void concurrentAttemptsAndScoresAllCount() {
        UUID id = assign(bob, ALICE, DRILL);
        UUID[] scored = {submit(alice, id), submit(alice, id), submit(alice, id)};
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Session learner = polaris.as(ALICE);
            Session judge = polaris.as(SERVICE);
            UUID attempt = scored[i];
            BigDecimal score = new BigDecimal(70 + i);
            all.add(Meanwhile.get(() -> submit(learner, id)));
            all.add(Meanwhile.get(() -> judge.update("update public.assignment_attempts set score = ? where id = ?", score, attempt)));
        }

        all.forEach(CompletableFuture::join);

        assertThat(sums(id)).isEqualTo("6 72.00 72.00");
    }

    @Test
    void setIsCompleteAfterEveryItemIsAnswered() {
        List<UUID> made = set(2);
        UUID id = bob.value(UUID.class, "select public.assign(p_user => ?, p_set => ?)", ALICE.account(), made.get(0));

        assertThatThrownBy(() -> alice.rows("select public.complete_assignment(?)", id)).as("completion before the start").is(sqlState(CHECK_VIOLATION));
        alice.rows("select public.submit_assignment_attempt(?, '{}', ?)", id, made.get(1));
        assertThatThrownBy(() -> alice.rows("select public.complete_assignment(?)", id)).as("completion with one of two items answered").is(sqlState(WRONG_STATE));
        assertThatThrownBy(() -> alice.rows("select public.submit_assignment_attempt(?, '{}', ?)", id, UUID.randomUUID())).as("item of another set").is(sqlState(NO_DATA_FOUND));
        alice.rows("select public.submit_assignment_attempt(?, '{}', ?)", id, made.get(2));
        for (int i = 0; i < 2; i++) {
            assertThat(alice.value(String.class, "select state from public.complete_assignment(?)", id)).isEqualTo("completed");
        }
        assertThat(owner.value(Long.class, "select count(*) from public.events where name = 'assignment_completed'")).isOne();
        assertThatThrownBy(() -> submit(alice, id)).is(sqlState(CHECK_VIOLATION));
    }

    @Test
    void withdrawnSetCanStillBeFinished() {
        List<UUID> made = set(1);
        UUID id = bob.value(UUID.class, "select public.assign(p_user => ?, p_set => ?)", ALICE.account(), made.get(0));
        service.update("update public.drill_sets set state = 'deprecated' where id = ?", made.get(0));

        assertThat(alice.rows("select id from public.drill_items")).hasSize(1);
        assertThat(polaris.as(STRANGER).rows("select id from public.drill_items")).isEmpty();
        alice.rows("select public.submit_assignment_attempt(?, '{}', ?)", id, made.get(1));
        alice.rows("select public.complete_assignment(?)", id);
        assertThat(alice.rows("select id from public.drill_items")).as("items visible after completion").isEmpty();
    }

    @Test
    @OfItsOwn
    void overdueAssignmentsRejectAnswersAndExpireInBatches() {
        UUID late = assign(bob, ALICE, DRILL);
        UUID begun = assign(service, STRANGER, DRILL);
        UUID open = assign(service, BOB, DRILL);
        polaris.as(STRANGER).rows("select public.start_assignment(?)", begun);
        owner.update("update public.assignments set due_at = now() - interval '1 minute' where id in (?, ?)", late, begun);
        owner.update("update public.assignments set due_at = now() + interval '1 minute' where id = ?", open);

        assertThatThrownBy(() -> submit(alice, late)).is(sqlState(WRONG_STATE));
        for (Caller caller : new Caller[] {ALICE, BOB, ADMIN, ANON}) {
            assertThatThrownBy(() -> polaris.as(caller).rows("select public.expire_assignments()")).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        assertThatThrownBy(() -> service.rows("select public.expire_assignments(0)")).is(sqlState(INVALID_PARAMETER));
        Session job = polaris.as(SERVICE);
        var one = Meanwhile.get(() -> service.value(Integer.class, "select public.expire_assignments(1)"));
        var two = Meanwhile.get(() -> job.value(Integer.class, "select public.expire_assignments(1)"));
        assertThat(one.join() + two.join()).isEqualTo(2);
        assertThat(service.value(Integer.class, "select public.expire_assignments()")).isZero();
        assertThat(owner.value(String.class, "select string_agg(state, ' ' order by state) from public.assignments")).isEqualTo("assigned expired expired");
        assertThat(owner.value(Long.class, "select count(*) from public.assignments where state = 'expired' and cancelled_at is not null")).isEqualTo(2);
    }

    @Test
    void daysAreInManilaTime() {
        UUID id = assign(bob, ALICE, DRILL);
        service.rows("select public.start_assignment(?)", id);
        for (String at : List.of("2026-01-05 15:59+00", "2026-01-05 16:01+00", "2026-01-06 15:00+00")) {
            service.update("insert into public.assignment_attempts (assignment_id, user_id, coach_key, submitted_at, score, duration_sec) values (?, ?, ?, cast(? as timestamptz), 50, 30)",
                    id, ALICE.account(), COACH, at);
        }

        assertThat(alice.column(String.class, "select d || ' ' || attempts || ' ' || duration_sec from public.v_assignment_attempts_daily order by d"))
                .containsExactly("2026-01-05 1 30", "2026-01-06 2 60");
    }

    @Test
    void deletingAnAccountDeletesItsAssignmentsAndKeepsThoseItAssigned() {
        UUID hers = assign(bob, ALICE, DRILL);
        submit(alice, hers);
        owner.update("delete from auth.users where id = ?", BOB.account());
        assertThat(owner.value(Long.class, "select count(*) from public.assignments where created_by is null")).isOne();
        assertThat(polaris.count("public.coach_staff")).isZero();

        assertThatThrownBy(() -> owner.update("delete from public.drills where id = ?", DRILL)).as("deletion of an assigned drill").is(sqlState(FOREIGN_KEY_VIOLATION));
        owner.update("delete from auth.users where id = ?", ALICE.account());
        assertThat(polaris.count("public.assignment_attempts") + polaris.count("public.assignments")).isZero();
    }

    @Test
    void readsUseIndexesWithManyRows() {
        UUID hers = assign(bob, ALICE, DRILL);
        submit(alice, hers);
        Session operator = polaris.operator();
        operator.script("""
                set local session_replication_role = replica;
                insert into public.assignments (id, user_id, coach_key, drill_id, title, state, started_at, due_at, created_at)
                    select md5('a' || i)::uuid, md5('p' || i % 10000)::uuid, 'coach' || i % 8, md5('d' || i)::uuid, 'A', 'in_progress', now(), now() + interval '1 day', now() - i * interval '1 second'
                    from generate_series(1, 40000) as i;
                insert into public.assignment_attempts (assignment_id, user_id, coach_key, submitted_at)
                    select md5('a' || i)::uuid, md5('p' || i % 10000)::uuid, 'coach' || i % 8, now() - i * interval '1 second' from generate_series(1, 40000) as i;
                """);
        operator.script("analyze public.assignments, public.assignment_attempts");

        for (String read : List.of("select * from public.assignments order by created_at desc limit 20", "select * from public.v_assignment_latest",
                "select * from public.assignment_attempts where assignment_id = '" + hers + "'", "select * from public.v_assignment_attempts_daily",
                "select * from public.assignments where state = 'assigned'")) {
            for (Session caller : new Session[] {alice, bob}) {
                assertThat(caller.plan(read)).as(read).contains("Index").doesNotContain("Seq Scan on assignment");
            }
        }
        assertThat(operator.plan("select id from public.assignments where due_at <= now() and state in ('assigned', 'in_progress') order by due_at limit 1000"))
                .contains("idx_assignments_due");
    }

    @ParameterizedTest
    @ValueSource(strings = {"due_at = '-infinity'", "due_at = 'infinity'", "due_at = '1999-12-31'", "due_at = '2100-01-02'", "scheduled_for = '-infinity'", "scheduled_for = 'infinity'"})
    void assignmentIsDueAtAPlausibleTime(String moment) {
        UUID id = assign(bob, ALICE, DRILL);

        assertThatThrownBy(() -> bob.update("update public.assignments set " + moment + " where id = ?", id)).is(sqlState(CHECK_VIOLATION));
        service.rows("select public.expire_assignments()");
        assertThat(owner.value(String.class, "select state from public.assignments where id = ?", id)).isEqualTo("assigned");
    }

    @Test
    void answerContainsOnlyFilesOfItsLearner() {
        UUID id = assign(bob, ALICE, DRILL);
        String answer = "select public.submit_assignment_attempt(p_assignment => ?, p_input => '{}', p_attachments => ?::jsonb)";

        assertThatThrownBy(() -> alice.rows(answer, id, "[{\"path\": \"%s/talk.mp3\"}]".formatted(BOB.account()))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        assertThatThrownBy(() -> alice.rows(answer, id, "[{\"path\": \"%s/../%s/talk.mp3\"}]".formatted(ALICE.account(), BOB.account()))).is(sqlState(INSUFFICIENT_PRIVILEGE));
        for (String trick : List.of("/%2e%2e/", "/..\\\\", "/\\t../", "//", "/./")) {
            assertThatThrownBy(() -> alice.rows(answer, id, "[{\"path\": \"" + ALICE.account() + trick + BOB.account() + "/talk.mp3\"}]")).as(trick).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
        for (String attachments : List.of("{}", "[1]", "[null]", "[{}]", "[{\"path\": 1}]", "[{\"path\": \"/x\"}]", "[\"%s/talk.mp3\"]".formatted(BOB.account()))) {
            assertThatThrownBy(() -> alice.rows(answer, id, attachments)).as(attachments)
                    .is(anyOf(sqlState(CHECK_VIOLATION), sqlState(INSUFFICIENT_PRIVILEGE)));
        }
        alice.rows(answer, id, "[{\"path\": \"%s/talk.mp3\"}]".formatted(ALICE.account()));
        assertThat(sums(id)).isEqualTo("1 - -");
    }

    private UUID assign(Session by, Caller to, UUID drill) {
        return by.value(UUID.class, "select public.assign(?, ?)", to.account(), drill);
    }

    private static UUID submit(Session by, UUID assignment) {
        return by.value(UUID.class, "select public.submit_assignment_attempt(?, '{\"text\": \"so\"}')", assignment);
    }

    private void score(UUID attempt, String score) {
        service.update("update public.assignment_attempts set score = cast(? as numeric) where id = ?", score, attempt);
    }

    private String sums(UUID assignment) {
        return owner.value(String.class,
                "select concat_ws(' ', attempts_count, coalesce(last_score::text, '-'), coalesce(best_score::text, '-')) from public.assignments where id = ?", assignment);
    }

    /** Creates a published set; returns the ids of the set and then its items. */
    private List<UUID> set(int items) {
        List<UUID> made = new ArrayList<>(List.of(UUID.randomUUID()));
        owner.update("insert into public.drill_sets (id, coach_key, section, title) values (?, ?, 'speaking', 'A set')", made.get(0), COACH);
        for (int i = 0; i < items; i++) {
            UUID item = UUID.randomUUID();
            owner.update("insert into public.drill_items (id, kind, content) values (?, 'prompt', '{}')", item);
            owner.update("insert into public.set_members (set_id, item_id, position) values (?, ?, null)", made.get(0), item);
            made.add(item);
        }
        for (String state : List.of("auto_qa", "in_review", "approved", "published")) {
            owner.update("update public.drill_sets set state = ? where id = ?", state, made.get(0));
        }
        return made;
    }
}
