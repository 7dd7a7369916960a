create or replace function private.run_job_assignments()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('expired', public.expire_assignments());

comment on function private.run_job_assignments() is
    'Ends up to 1,000 assignments that are past their date. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_assignments() from public;
