create or replace function private.run_job_payments()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', public.retry_payment_events());

comment on function private.run_job_payments() is
    'Tries up to 100 reports again that failed. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_payments() from public;
