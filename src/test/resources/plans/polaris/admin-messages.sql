-- Reads of messages and of their deliveries. The comment before each query names the callers and the indexes of its plan.

-- alice: idx_admin_message_deliveries_user_id_sent_at
select * from public.admin_message_deliveries order by sent_at desc limit 20;

-- admin: admin_message_deliveries_message_id_user_id
select * from public.v_admin_messages_stats where message_id = '{public.admin_messages.id}';

-- admin: idx_admin_messages_send_at
select * from public.v_admin_messages_stats order by send_at desc limit 2;

-- admin: idx_admin_message_deliveries_pending
select * from public.v_admin_messages_outbox limit 100;
