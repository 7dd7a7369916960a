create or replace function private.run_job_assignments()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('expired', public.expire_assignments());

comment on function private.run_job_assignments() is
    'Expire up to 1,000 assignments past their due_at. Internal: called by run_job.';

revoke all on function private.run_job_assignments() from public;
