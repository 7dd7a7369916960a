create or replace function private.diagnostic_complete_run(p_run_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run public.diagnostic_runs := private.lock_own_diagnostic_run(p_run_id);
begin
    if run.state = 'completed' then
        return;
    end if;
    if run.state <> 'in_progress' then
        raise exception 'run % is %', run.id, run.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'A run starts with its first question; before that, use cancel_diagnostic_run.';
    end if;
    update public.diagnostic_run_items as i
    set status = 'skipped'
    where i.run_id = run.id
        and i.status in ('pending', 'served');
    update public.diagnostic_runs as r
    set state = 'completed',
        completed_at = greatest(now(), r.started_at),
        duration_sec = extract(epoch from greatest(now(), r.started_at) - r.started_at)
    where r.id = run.id;
    perform private.log_event('diagnostic_completed', run.user_id, jsonb_build_object('run_id', run.id));
    perform private.settle_diagnostic_run(run.id);
end
$$;

comment on function private.diagnostic_complete_run(uuid) is
    'Complete the caller''s run; the result follows after all answers are scored. Repeating the call changes nothing.';

revoke all on function private.diagnostic_complete_run(uuid) from public;
grant execute on function private.diagnostic_complete_run(uuid) to authenticated, service_role;

create or replace function public.diagnostic_complete_run(p_run_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.diagnostic_complete_run(p_run_id);

comment on function public.diagnostic_complete_run(uuid) is
    'Complete the caller''s run; unanswered questions score 0, and the result follows after all answers are scored. For users and the service.';

revoke all on function public.diagnostic_complete_run(uuid) from public, anon, authenticated, service_role;
grant execute on function public.diagnostic_complete_run(uuid) to authenticated, service_role;
