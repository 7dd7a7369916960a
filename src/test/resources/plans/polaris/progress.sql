-- Reads of the progress of learners and of the statistics of drills. The comment before each query names the callers and the indexes of its plan.

-- alice: Index Only Scan using idx_sessions_completed
select * from public.v_user_progress;

-- alice: Index Only Scan using idx_sessions_completed
select * from public.v_user_daily_sessions_mnl order by d desc limit 30;

-- alice: daily_usage_pkey
select * from public.v_activity_30d_mnl order by d;

-- alice: idx_attempts_user_id_created_at
select * from public.v_user_rubric_trends_weekly;

-- alice: daily_usage_pkey
select * from public.v_user_weekly_card_mnl;

-- alice: idx_drills_coach_key_state_type
select * from public.v_up_next_simple limit 10;

-- alice: drills_pkey
select * from public.v_drill_stats where drill_id = '{public.drills.id}';

-- alice: idx_drills_coach_key_state_type
select * from public.v_drill_stats where coach_key = 'demo';

-- alice: drills_pkey
select * from public.v_drill_stats_daily where drill_id = '{public.drills.id}' order by d;

-- admin and service: Index
select * from public.v_user_progress where user_id = '{public.profiles.id}';

-- admin and service: Index
select * from public.v_user_daily_sessions_mnl where user_id = '{public.profiles.id}';

-- admin and service: Index
select * from public.v_activity_30d_mnl where user_id = '{public.profiles.id}';

-- admin and service: Index
select * from public.v_user_rubric_trends_weekly where user_id = '{public.profiles.id}';

-- admin and service: Index
select * from public.v_user_weekly_card_mnl where user_id = '{public.profiles.id}';

-- admin and service: Index
select * from public.v_up_next_simple where user_id = '{public.profiles.id}';

-- operator: Index Scan (using|on) mv_drill_stats_daily_key
select * from private.mv_drill_stats_daily as s where s.drill_id = '{public.drills.id}' and s.d between '2026-01-01' and '2026-01-07';
