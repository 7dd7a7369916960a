-- Reads of weekly recaps, and the queries of the job that stores them. The comment before each query names the callers and the indexes of its plan.

-- alice: daily_usage_pkey
select * from public.v_user_weekly_minutes;

-- admin and service: daily_usage_pkey
select * from public.v_user_weekly_minutes where user_id = '{public.profiles.id}';

-- alice: idx_attempts_user_id_created_at
select * from public.v_user_weekly_attempts;

-- admin and service: idx_attempts_user_id_created_at
select * from public.v_user_weekly_attempts where user_id = '{public.profiles.id}';

-- alice: idx_sessions_
select * from public.v_user_weekly_by_coach;

-- admin and service: idx_sessions_
select * from public.v_user_weekly_by_coach where user_id = '{public.profiles.id}';

-- alice: idx_attempts_user_id_created_at, drills_pkey
select * from public.v_user_weekly_topics;

-- admin and service: idx_attempts_user_id_created_at, drills_pkey
select * from public.v_user_weekly_topics where user_id = '{public.profiles.id}';

-- alice: daily_usage_pkey, idx_attempts_user_id_created_at, idx_sessions_completed, drills_pkey
select * from public.v_user_weekly_recap;

-- admin and service: daily_usage_pkey, idx_attempts_user_id_created_at, idx_sessions_completed, drills_pkey
select * from public.v_user_weekly_recap where user_id = '{public.profiles.id}';

-- alice: user_weekly_recaps_pkey
select * from public.user_weekly_recaps order by week_start desc limit 10;

-- admin and service: user_weekly_recaps_pkey
select * from public.user_weekly_recaps where user_id = '{public.profiles.id}' order by week_start desc limit 10;

-- operator, without sort: idx_daily_usage_d_user_id
select u.user_id from public.daily_usage as u where u.d - date '2000-01-01' = current_date - date '2000-01-01' and u.user_id > '{public.profiles.id}'
order by u.user_id limit 100;

-- operator: Index
select v.user_id, v.topics from public.v_user_weekly_recap as v where v.user_id = any (array['{public.profiles.id}']::uuid[]) and v.week_start = '2026-03-02';
