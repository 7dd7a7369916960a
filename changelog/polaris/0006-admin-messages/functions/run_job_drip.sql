create or replace function private.run_job_drip()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return public.run_admin_message_drip();

comment on function private.run_job_drip() is 'Advance admin messages by one step. Internal: called by run_job.';

revoke all on function private.run_job_drip() from public;
