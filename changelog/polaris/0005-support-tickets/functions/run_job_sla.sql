create or replace function private.run_job_sla()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('marked', public.ticket_mark_sla_breaches());

comment on function private.run_job_sla() is
    'Mark up to 1,000 tickets whose answer is overdue. Internal: called by run_job.';

revoke all on function private.run_job_sla() from public;
