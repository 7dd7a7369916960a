-- Reads of learners and staff. The comment before each query names the callers and the indexes of its plan.

-- alice: idx_sessions_user_id_started_at
select * from public.sessions order by started_at desc limit 20;

-- alice: idx_sessions_user_id_started_at
select * from public.sessions where user_id = auth.uid() order by started_at desc limit 20;

-- alice: idx_attempts_user_id_created_at
select * from public.attempts order by created_at desc limit 20;

-- alice: idx_attempts_session_id_user_id
select * from public.attempts where session_id = '{public.sessions.id}';

-- alice: idx_events_visible
select * from public.events order by created_at desc limit 20;

-- alice: daily_usage_pkey
select * from public.daily_usage order by d desc;

-- alice: profiles_pkey
select * from public.profiles;

-- alice: idx_drills_coach_key_state_type
select * from public.drills where coach_key = 'demo' and state = 'published' and is_public limit 20;

-- admin: idx_sessions_user_id_started_at
select * from public.sessions where user_id = '{public.profiles.id}' order by started_at desc limit 20;

-- operator: idx_sessions_open
select s.id from public.sessions as s where s.user_id = '{public.profiles.id}' and s.status = 'started';
