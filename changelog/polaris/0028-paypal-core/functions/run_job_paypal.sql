create or replace function private.run_job_paypal()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', private.retry_paypal_events(100));

comment on function private.run_job_paypal() is
    'Tries up to 100 events of PayPal again that failed. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_paypal() from public;
