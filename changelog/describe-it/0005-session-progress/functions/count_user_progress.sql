create or replace function private.count_user_progress(p_users uuid[])
returns table (
    user_id uuid,
    total_sessions integer,
    total_time_spent_minutes integer,
    total_descriptions integer,
    total_images integer,
    total_questions_answered integer,
    total_vocabulary_learned integer,
    questions_correct bigint,
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
    with finished as materialized (
        select s.user_id as account, c.*, (c.active_at at time zone 'UTC')::date as day
        from public.sessions as s
        cross join lateral private.compute_session_contribution(s) as c
        where s.user_id = any (p_users)
            and c.sessions > 0
    ),
    totals as (
        select
            f.account,
            least(sum(f.sessions), 2147483647)::integer as sessions,
            least(sum(f.minutes), 2147483647)::integer as minutes,
            least(sum(f.descriptions), 2147483647)::integer as descriptions,
            least(sum(f.images), 2147483647)::integer as images,
            least(sum(f.questions), 2147483647)::integer as questions,
            least(sum(f.words), 2147483647)::integer as words,
            sum(f.correct)::bigint as correct,
            max(f.active_at) as active_at,
            max(f.described_at) as described_at,
            max(f.answered_at) as answered_at,
            max(f.practised_at) as practised_at
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
        coalesce(t.sessions, 0),
        coalesce(t.minutes, 0),
        coalesce(t.descriptions, 0),
        coalesce(t.images, 0),
        coalesce(t.questions, 0),
        coalesce(t.words, 0),
        coalesce(t.correct, 0),
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
    'Progress of the given users computed from their sessions, the reference for public.user_progress. Totals are capped at 2147483647.';

revoke all on function private.count_user_progress(uuid[]) from public;
