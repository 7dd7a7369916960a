create or replace function private.run_job_drip()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return public.run_admin_message_drip();

comment on function private.run_job_drip() is 'Takes messages on by one step. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_drip() from public;
