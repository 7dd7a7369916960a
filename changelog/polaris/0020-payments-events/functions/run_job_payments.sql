create or replace function private.run_job_payments()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', public.retry_payment_events());

comment on function private.run_job_payments() is
    'Retry up to 100 failed payment events; the function of the job payments. Internal: no API role may execute it.';

revoke all on function private.run_job_payments() from public;
