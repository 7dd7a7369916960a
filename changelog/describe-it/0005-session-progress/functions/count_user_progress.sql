create or replace function private.count_user_progress(p_users uuid[])
returns table (
    user_id uuid,
    total_sessions integer,
    total_time_spent_minutes integer,
    total_descriptions integer,
    total_images integer,
    total_questions_answered integer,
    total_vocabulary_learned integer,
    average_accuracy numeric,
    average_completion_time_seconds integer,
    last_activity_at timestamptz,
    last_description_at timestamptz,
    last_qa_session_at timestamptz,
    last_vocabulary_practice_at timestamptz,
    current_streak_days integer,
    longest_streak_days integer
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    -- Clients write sessions, so an implausible value must neither raise an error here nor dominate a total.
    with finished as materialized (
        select
            s.user_id as account,
            s.session_type::text as kind,
            s.ended_at,
            (s.ended_at at time zone 'UTC')::date as day,
            least(greatest(coalesce(s.duration_minutes, case
                when s.started_at < s.ended_at - interval '24 hours' then 1440
                when s.started_at < s.ended_at then floor(extract(epoch from s.ended_at - s.started_at) / 60)::integer
            end, 0), 0), 1440) as minutes,
            least(greatest(coalesce(s.descriptions_generated, 0), 0), 1000) as descriptions,
            least(greatest(coalesce(s.images_processed, 0), 0), 1000) as images,
            least(greatest(coalesce(s.qa_attempts, 0), 0), 1000) as questions,
            least(greatest(coalesce(s.qa_correct, 0), 0), greatest(coalesce(s.qa_attempts, 0), 0), 1000) as correct,
            least(greatest(coalesce(s.vocabulary_learned, 0), 0), 1000) as words
        from public.sessions as s
        where s.user_id = any (p_users)
            and s.ended_at >= '2000-01-01 00:00+00'
            and s.ended_at < '2100-01-01 00:00+00'
    ),
    totals as (
        select
            f.account,
            count(*) as sessions,
            sum(f.minutes) as minutes,
            sum(f.descriptions) as descriptions,
            sum(f.images) as images,
            sum(f.questions) as questions,
            sum(f.correct) as correct,
            sum(f.words) as words,
            max(f.ended_at) as active_at,
            max(f.ended_at) filter (where f.descriptions > 0 or f.kind = 'description') as described_at,
            max(f.ended_at) filter (where f.questions > 0 or f.kind = 'qa') as answered_at,
            max(f.ended_at) filter (where f.words > 0 or f.kind = 'vocabulary') as practised_at
        from finished as f
        group by f.account
    ),
    -- Consecutive days have the same difference between day and row number.
    days as (
        select d.account, d.day, d.day - (row_number() over (partition by d.account order by d.day))::integer as base
        from (select distinct f.account, f.day from finished as f) as d
    ),
    runs as (
        select d.account, max(d.day) as last_day, count(*)::integer as length
        from days as d
        group by d.account, d.base
    ),
    streaks as (
        select r.account, (array_agg(r.length order by r.last_day desc))[1] as current, max(r.length) as longest
        from runs as r
        group by r.account
    )
    select
        u.account,
        least(coalesce(t.sessions, 0), 2147483647)::integer,
        least(coalesce(t.minutes, 0), 2147483647)::integer,
        least(coalesce(t.descriptions, 0), 2147483647)::integer,
        least(coalesce(t.images, 0), 2147483647)::integer,
        least(coalesce(t.questions, 0), 2147483647)::integer,
        least(coalesce(t.words, 0), 2147483647)::integer,
        coalesce(round(100.0 * t.correct / nullif(t.questions, 0), 2), 0),
        coalesce(round(60.0 * t.minutes / t.sessions), 0)::integer,
        t.active_at,
        t.described_at,
        t.answered_at,
        t.practised_at,
        coalesce(k.current, 0),
        coalesce(k.longest, 0)
    from unnest(p_users) as u (account)
    left join totals as t on t.account = u.account
    left join streaks as k on k.account = u.account;
end
$$;

comment on function private.count_user_progress(uuid[]) is
    'Progress of the given users computed from their sessions that ended from 2000 to 2099 (UTC). One session counts at most 1440 minutes and 1000 of each other counter; without duration_minutes, the whole minutes from start to end count.';

revoke all on function private.count_user_progress(uuid[]) from public;
