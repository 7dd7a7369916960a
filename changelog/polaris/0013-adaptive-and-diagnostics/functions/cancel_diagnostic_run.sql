create or replace function private.cancel_diagnostic_run(p_run_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run public.diagnostic_runs := private.lock_own_diagnostic_run(p_run_id);
begin
    if run.state = 'cancelled' then
        return;
    end if;
    update public.diagnostic_runs as r
    set state = 'cancelled',
        completed_at = greatest(now(), r.started_at)
    where r.id = run.id;
end
$$;

comment on function private.cancel_diagnostic_run(uuid) is 'Cancel the caller''s open run; repeating the call changes nothing.';

revoke all on function private.cancel_diagnostic_run(uuid) from public;
grant execute on function private.cancel_diagnostic_run(uuid) to authenticated, service_role;

create or replace function public.cancel_diagnostic_run(p_run_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.cancel_diagnostic_run(p_run_id);

comment on function public.cancel_diagnostic_run(uuid) is 'Cancel the caller''s open run without a result. For users and the service.';

revoke all on function public.cancel_diagnostic_run(uuid) from public, anon, authenticated, service_role;
grant execute on function public.cancel_diagnostic_run(uuid) to authenticated, service_role;
