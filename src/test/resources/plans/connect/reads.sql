-- Reads of a user. The comment before each query names the caller and the index of its plan.

-- alice: matches_pkey|idx_matches_user_a_status
select * from public.my_matches order by created_at desc limit 20;

-- alice: idx_blind_chat_messages_chat_time
select * from public.my_blind_chat_messages where blind_chat_id = '{public.blind_chats.id}' order by created_at desc limit 50;

-- alice: blind_chats_pkey|blind_chats_match_id_key
select * from public.my_blind_chats where is_active;

-- alice: idx_reveals
select * from public.my_reveals where status = 'pending';

-- alice: matches_pkey
select * from public.my_matches where id = '{public.matches.id}';

-- alice: idx_matches_user_a_status
select id, status from public.matches where status = 'blind_chat_active';

-- alice: blind_chats_match_id_key
select * from public.blind_chats where match_id = '{public.matches.id}';

-- alice: idx_blind_chat_messages_chat_time
select id, content_ciphertext from public.blind_chat_messages where blind_chat_id = '{public.blind_chats.id}' order by created_at;

-- alice: idx_blind_chat_messages_chat_time
select id, content_ciphertext from public.blind_chat_messages;

-- alice: idx_reveals_match
select id, status from public.reveals;

-- alice: idx_match_feedback_user
select * from public.match_feedback;

-- alice: idx_connect_profiles_user
select * from public.connect_profiles;
