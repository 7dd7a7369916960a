create or replace function private.run_job_paymongo()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('helped', private.retry_paymongo_events(100));

comment on function private.run_job_paymongo() is
    'Process up to 100 failed PayMongo events again; the function of the job paymongo. Internal: no API role may execute it.';

revoke all on function private.run_job_paymongo() from public;
