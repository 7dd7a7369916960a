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
    -- The same answer for a run that is not there and one of somebody else's.
    if run.id is null then
        raise exception 'no run %', p_run_id
            using errcode = 'no_data_found';
    end if;
    return run;
end
$$;

comment on function private.lock_own_diagnostic_run(uuid) is
    'The run, locked, where it is the caller''s or the service calls. Called by definers only; nobody else may execute it.';

revoke all on function private.lock_own_diagnostic_run(uuid) from public;
