create or replace function private.run_job_views()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return (
    select jsonb_object_agg(v.name, jsonb_build_object('how', v.how, 'ms', v.ms))
    from private.refresh_views() as v
);

comment on function private.run_job_views() is 'Refresh the materialized views of the dashboards. Internal: called by run_job.';

revoke all on function private.run_job_views() from public;
