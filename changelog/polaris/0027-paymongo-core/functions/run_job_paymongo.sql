create or replace function private.run_job_paymongo()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', private.retry_paymongo_events(100));

comment on function private.run_job_paymongo() is
    'Tries up to 100 events of PayMongo again that failed. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_paymongo() from public;
