create or replace function private.update_user_progress_from_session()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    account uuid;
    earlier public.sessions;
    later public.sessions;
    was record;
    became record;
    progress public.user_progress;
    correct bigint;
    was_day date;
    became_day date;
    last_day date;
    forward boolean;
begin
    -- Process the lower user id first, so that two concurrent moves do not deadlock.
    foreach account in array
        case
            when old.user_id = new.user_id then array[new.user_id]
            when old.user_id > new.user_id then array[new.user_id, old.user_id]
            else array[old.user_id, new.user_id]
        end
    loop
        continue when account is null;
        earlier := null;
        later := null;
        if old.user_id = account then
            earlier := old;
        end if;
        if new.user_id = account then
            later := new;
        end if;
        was := private.compute_session_contribution(earlier);
        became := private.compute_session_contribution(later);
        continue when was is not distinct from became;

        -- Deleting a user also deletes the sessions and the progress.
        continue when later is null and not exists (select from public.users as u where u.id = account);

        loop
            select p.* into progress
            from public.user_progress as p
            where p.user_id = account
            for no key update;
            exit when found;
            insert into public.user_progress (user_id) values (account) on conflict (user_id) do nothing;
        end loop;

        insert into private.user_progress_sums as s (user_id, questions_correct)
        values (account, greatest(became.correct - was.correct, 0))
        on conflict (user_id) do update
        set questions_correct = greatest(s.questions_correct + became.correct - was.correct, 0)
        returning s.questions_correct into correct;

        -- The bounds matter only before the backfill has run, and for counters beyond any real session.
        progress.total_sessions := least(greatest(progress.total_sessions + became.sessions - was.sessions, 0), 2147483647);
        progress.total_time_spent_minutes := least(greatest(progress.total_time_spent_minutes + became.minutes - was.minutes, 0), 2147483647);
        progress.total_descriptions := least(greatest(progress.total_descriptions + became.descriptions - was.descriptions, 0), 2147483647);
        progress.total_images := least(greatest(progress.total_images + became.images - was.images, 0), 2147483647);
        progress.total_questions_answered := least(greatest(progress.total_questions_answered + became.questions - was.questions, 0), 2147483647);
        progress.total_vocabulary_learned := least(greatest(progress.total_vocabulary_learned + became.words - was.words, 0), 2147483647);

        -- The other sessions need no recount if the session's times only move forward, or if its day is on or after the last active day.
        was_day := (was.active_at at time zone 'UTC')::date;
        became_day := (became.active_at at time zone 'UTC')::date;
        last_day := (progress.last_activity_at at time zone 'UTC')::date;
        forward := became.sessions > 0
            and became.active_at >= coalesce(was.active_at, became.active_at)
            and coalesce(became.described_at >= was.described_at, was.described_at is null)
            and coalesce(became.answered_at >= was.answered_at, was.answered_at is null)
            and coalesce(became.practised_at >= was.practised_at, was.practised_at is null)
            and coalesce(became_day = was_day, became_day >= last_day, true);
        if forward then
            if became_day > coalesce(last_day, '-infinity') then
                progress.current_streak_days := case when became_day = last_day + 1 then progress.current_streak_days + 1 else 1 end;
                progress.longest_streak_days := greatest(progress.longest_streak_days, progress.current_streak_days);
            end if;
            progress.last_activity_at := greatest(progress.last_activity_at, became.active_at);
            progress.last_description_at := greatest(progress.last_description_at, became.described_at);
            progress.last_qa_session_at := greatest(progress.last_qa_session_at, became.answered_at);
            progress.last_vocabulary_practice_at := greatest(progress.last_vocabulary_practice_at, became.practised_at);
        end if;

        update public.user_progress as p
        set total_sessions = progress.total_sessions,
            total_time_spent_minutes = progress.total_time_spent_minutes,
            total_descriptions = progress.total_descriptions,
            total_images = progress.total_images,
            total_questions_answered = progress.total_questions_answered,
            total_vocabulary_learned = progress.total_vocabulary_learned,
            average_accuracy = private.compute_average_accuracy(correct, progress.total_questions_answered),
            average_completion_time_seconds = private.compute_average_seconds(progress.total_time_spent_minutes, progress.total_sessions),
            current_streak_days = progress.current_streak_days,
            longest_streak_days = progress.longest_streak_days,
            last_activity_at = progress.last_activity_at,
            last_description_at = progress.last_description_at,
            last_qa_session_at = progress.last_qa_session_at,
            last_vocabulary_practice_at = progress.last_vocabulary_practice_at
        where p.user_id = account;

        if not forward then
            perform private.recount_activity(account);
        end if;
    end loop;
    return null;
end
$$;

comment on function private.update_user_progress_from_session() is
    'Trigger: add the change in a session''s contribution to its user''s progress.';

revoke all on function private.update_user_progress_from_session() from public;
