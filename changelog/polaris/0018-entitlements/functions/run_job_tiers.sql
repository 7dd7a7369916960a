create or replace function private.run_job_tiers()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('settled', public.settle_tiers());

comment on function private.run_job_tiers() is
    'Settles up to 1,000 periods that began or ended. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_tiers() from public;
