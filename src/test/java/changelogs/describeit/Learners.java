package changelogs.describeit;

import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.BOB;
import static changelogs.testing.Caller.STRANGER;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Users of Describe-It, and their expected progress counted by simple queries. */
final class Learners {

    /** Counts independently of the changelog: sums over sessions, and streaks by walking back from each day. */
    private static final String EXPECTED = """
            with finished as (
                select s.ended_at, s.session_type, date_trunc('day', s.ended_at at time zone 'UTC') as day,
                    least(coalesce(s.duration_minutes, case
                        when s.started_at < '1999-01-01' then 1440
                        when s.started_at > s.ended_at then 0
                        else floor(extract(epoch from s.ended_at - s.started_at) / 60)
                    end, 0), 1440) as minutes,
                    least(coalesce(s.descriptions_generated, 0), 1000) as descriptions_generated, least(coalesce(s.images_processed, 0), 1000) as images_processed,
                    least(coalesce(s.qa_attempts, 0), 1000) as qa_attempts, least(coalesce(s.qa_correct, 0), 1000, coalesce(s.qa_attempts, 0)) as qa_correct,
                    least(coalesce(s.vocabulary_learned, 0), 1000) as vocabulary_learned
                from public.sessions as s
                where s.user_id = u.id and extract(year from s.ended_at at time zone 'UTC') between 2000 and 2099
            ), ends as (
                select distinct f.day, (
                    with recursive back (day, length) as (
                        select f.day, 1
                        union all
                        select b.day - interval '1 day', b.length + 1 from back as b
                        where exists (select from finished as g where g.day = b.day - interval '1 day')
                    ) select max(b.length) from back as b) as length
                from finished as f
            )
            select
                (select count(*) from finished)::integer as total_sessions,
                (select coalesce(sum(minutes), 0) from finished)::integer as total_time_spent_minutes,
                (select coalesce(sum(descriptions_generated), 0) from finished)::integer as total_descriptions,
                (select coalesce(sum(images_processed), 0) from finished)::integer as total_images,
                (select coalesce(sum(qa_attempts), 0) from finished)::integer as total_questions_answered,
                (select coalesce(sum(vocabulary_learned), 0) from finished)::integer as total_vocabulary_learned,
                (select coalesce(round(sum(qa_correct) * 100.0 / nullif(sum(qa_attempts), 0), 2), 0)::numeric(5, 2) from finished) as average_accuracy,
                (select coalesce(round(sum(minutes) * 60.0 / nullif(count(*), 0)), 0)::integer from finished) as average_completion_time_seconds,
                (select coalesce((select length from ends order by day desc limit 1), 0)) as current_streak_days,
                (select coalesce(max(length), 0) from ends) as longest_streak_days,
                (select max(ended_at) from finished) as last_activity_at,
                (select max(ended_at) from finished where session_type = 'description' or descriptions_generated > 0) as last_description_at,
                (select max(ended_at) from finished where session_type = 'qa' or qa_attempts > 0) as last_qa_session_at,
                (select max(ended_at) from finished where session_type = 'vocabulary' or vocabulary_learned > 0) as last_vocabulary_practice_at
            """;
    private static final List<String> COUNTED = List.of("total_sessions", "total_time_spent_minutes", "total_descriptions", "total_images",
            "total_questions_answered", "total_vocabulary_learned", "average_accuracy", "average_completion_time_seconds", "current_streak_days",
            "longest_streak_days", "last_activity_at", "last_description_at", "last_qa_session_at", "last_vocabulary_practice_at");

    private Learners() {
    }

    static void populate(Database database) {
        Session operator = database.operator();
        user(operator, ALICE.account(), "alice");
        user(operator, BOB.account(), "bob");
        user(operator, STRANGER.account(), "stranger");
    }

    static void user(Session operator, UUID id, String name) {
        operator.update("insert into public.users (id, email) values (?, ?)", id, name + "@example.com");
    }

    /** Inserts users in bulk, each with finished sessions. */
    static void crowd(Session operator, int users, int sessionsEach) {
        operator.update("insert into public.users (email) select 'u' || gen_random_uuid() || '@example.com' from generate_series(1, ?)", users);
        operator.update("""
                insert into public.sessions (user_id, session_type, started_at, ended_at, duration_minutes, descriptions_generated, qa_attempts, qa_correct)
                select u.id, 'mixed', now() - i * interval '1 day', now() - i * interval '1 day' + interval '7 minutes', 7, 3, 4, i % 5
                from public.users as u cross join generate_series(1, ?) as i
                where u.email like 'u%-%'
                """, sessionsEach);
    }

    /** Starts a session of the caller. */
    static UUID begin(Session session, Caller caller, String type) {
        return session.value(UUID.class, """
                insert into public.sessions (user_id, session_type, started_at) values (?, ?::public.session_type, '2026-03-01 10:00+00') returning id
                """, caller.account(), type);
    }

    static Map<String, Object> progress(Session operator, UUID user) {
        return operator.rows("select " + String.join(", ", COUNTED) + " from public.user_progress where user_id = ?", user).stream()
                .findFirst().orElse(Map.of());
    }

    static Map<String, Object> expected(Session operator, UUID user) {
        return operator.rows("select e.* from public.users as u cross join lateral (" + EXPECTED + ") as e where u.id = ?", user).get(0);
    }

    /** Users whose progress differs from the totals of their sessions; users without sessions need no row. */
    static List<UUID> wrong(Session operator) {
        return operator.column(UUID.class, """
                select u.id
                from public.users as u
                cross join lateral (%s) as e
                left join public.user_progress as p on p.user_id = u.id
                where (%s) is distinct from (%s) and not (p.user_id is null and e.total_sessions = 0)
                """.formatted(EXPECTED, columns("e"), columns("p")));
    }

    private static String columns(String alias) {
        return String.join(", ", COUNTED.stream().map(column -> alias + "." + column).toList());
    }
}
