-- Reads of users and of the service. The comment before each query names the caller and the index of its plan.

-- alice: Index
select user_id, last_validated_at from public.user_api_keys;

-- alice: Index
delete from public.user_api_keys;

-- alice: Index
select * from public.user_progress;

-- alice: Index
select * from public.export_history;

-- alice: Index
select * from public.export_history order by created_at desc limit 20;

-- operator: idx_export_history_status
select * from public.export_history where status = 'pending';

-- operator: idx_export_history_export_type
select * from public.export_history where export_type = 'type7';

-- operator, without sort: idx_export_history_created_at
select * from public.export_history order by created_at desc limit 20;

-- operator, without sort: idx_user_progress_last_activity
select * from public.user_progress order by last_activity_at desc nulls last limit 20;

-- operator: key_validations_due
select * from private.key_validations where status in ('queued', 'claimed') and run_after <= now() order by run_after limit 10 for update skip locked;

-- alice: Index
select name from storage.objects where bucket_id = 'exports' order by name limit 100;
