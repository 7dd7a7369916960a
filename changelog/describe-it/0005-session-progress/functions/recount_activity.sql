create or replace function private.recount_activity(p_user uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    update public.user_progress as p
    set last_activity_at = c.last_activity_at,
        last_description_at = c.last_description_at,
        last_qa_session_at = c.last_qa_session_at,
        last_vocabulary_practice_at = c.last_vocabulary_practice_at,
        current_streak_days = c.current_streak_days,
        longest_streak_days = c.longest_streak_days
    from private.count_user_progress(array[p_user]) as c
    where p.user_id = c.user_id
$$;

comment on function private.recount_activity(uuid) is
    'Recompute times and streaks of a user''s progress from all sessions. The calling function must hold the lock on the user_progress row.';

revoke all on function private.recount_activity(uuid) from public;
