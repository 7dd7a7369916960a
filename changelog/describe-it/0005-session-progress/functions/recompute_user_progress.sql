create or replace function private.recompute_user_progress(p_users uuid[])
returns bigint
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    added bigint;
begin
    insert into public.user_progress (user_id)
    select u.account
    from unnest(p_users) as u (account)
    order by u.account
    on conflict (user_id) do nothing;
    get diagnostics added = row_count;

    -- Sessions finished concurrently wait for this lock and are counted afterwards; sessions committed before it are counted below.
    perform
    from public.user_progress as p
    where p.user_id = any (p_users)
    order by p.user_id
    for no key update;

    update public.user_progress as p
    set total_sessions = c.total_sessions,
        total_time_spent_minutes = c.total_time_spent_minutes,
        total_descriptions = c.total_descriptions,
        total_images = c.total_images,
        total_questions_answered = c.total_questions_answered,
        total_vocabulary_learned = c.total_vocabulary_learned,
        average_accuracy = c.average_accuracy,
        average_completion_time_seconds = c.average_completion_time_seconds,
        last_activity_at = c.last_activity_at,
        last_description_at = c.last_description_at,
        last_qa_session_at = c.last_qa_session_at,
        last_vocabulary_practice_at = c.last_vocabulary_practice_at,
        current_streak_days = c.current_streak_days,
        longest_streak_days = c.longest_streak_days
    from private.count_user_progress(p_users) as c
    where p.user_id = c.user_id;

    return added;
end
$$;

comment on function private.recompute_user_progress(uuid[]) is
    'Set the progress of the given users from their sessions, insert missing rows, and return the number inserted.';

revoke all on function private.recompute_user_progress(uuid[]) from public;
