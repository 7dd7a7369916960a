-- Reads and updates of a player. The comment before each query names the caller and the index of its plan.

-- alice: Index
select * from public.vector_progress;

-- alice: Index
select * from public.vector_progress where vector = 'mind' and version = 'v1';

-- alice: Index
update public.vector_progress set step_index = 1;

-- alice: Index
select * from public.action_events;

-- alice: Index
select * from public.action_events where vector = 'mind';

-- alice: Index
update public.action_events set duration = 1;

-- alice: Index
select * from public.action_events where profile_id = '{public.game_profiles.id}' order by completed_at desc nulls last limit 20;

-- operator, without sort: idx_action_events_profile_completed
select * from public.action_events where profile_id = '{public.game_profiles.id}' order by completed_at desc nulls last limit 20;

-- operator, without sort: idx_action_events_completed_at
select * from public.action_events where completed_at is not null order by completed_at desc limit 20;

-- operator: idx_game_profiles_user_id_vectors
select p.id from public.game_profiles as p where p.user_id = '{public.game_profiles.user_id}';
