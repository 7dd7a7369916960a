create or replace function private.run_job_paypal()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', private.retry_paypal_events(100));

comment on function private.run_job_paypal() is
    'Process up to 100 failed PayPal events again; the function of the job paypal. Internal: no API role may execute it.';

revoke all on function private.run_job_paypal() from public;
