create or replace function private.lock_own_diagnostic_run(p_run_id uuid)
returns public.diagnostic_runs
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    run public.diagnostic_runs;
begin
    select *
    into run
    from public.diagnostic_runs as r
    where r.id = p_run_id
        and (r.user_id = (select auth.uid()) or private.is_service())
    for update;
    -- Same error for a missing run and a run of another user.
    if run.id is null then
        raise exception 'no run %', p_run_id
            using errcode = 'no_data_found';
    end if;
    return run;
end
$$;

comment on function private.lock_own_diagnostic_run(uuid) is
    'Lock and return the run if it belongs to the caller or the service calls. Internal: no role may execute it directly.';

revoke all on function private.lock_own_diagnostic_run(uuid) from public;
