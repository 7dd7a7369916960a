create or replace function private.run_job_tiers()
returns jsonb
language sql
volatile
security definer
set search_path = ''
return jsonb_build_object('settled', public.settle_tiers());

comment on function private.run_job_tiers() is
    'Update profiles.tier for up to 1,000 entitlements that began or ended; the function of the job tiers. Internal: no API role may execute it.';

revoke all on function private.run_job_tiers() from public;
