create or replace function private.score_diagnostic_item(p_run_item_id uuid, p_score numeric, p_feedback jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run public.diagnostic_runs;
    item public.diagnostic_run_items;
begin
    if not private.is_service() then
        raise exception 'only the service may set scores'
            using errcode = 'insufficient_privilege';
    end if;
    if p_score is null then
        raise exception 'a score must be a number from 0 to 100'
            using errcode = 'invalid_parameter_value';
    end if;
    select r.*
    into run
    from public.diagnostic_runs as r
    join public.diagnostic_run_items as i on i.run_id = r.id
    where i.id = p_run_item_id
    for update of r;
    select *
    into item
    from public.diagnostic_run_items as i
    where i.id = p_run_item_id;
    if item.id is null then
        raise exception 'no question %', p_run_item_id
            using errcode = 'no_data_found';
    end if;
    if item.status = 'scored' and item.score = round(p_score, 2) then
        return;
    end if;
    if item.status not in ('submitted', 'scored') or run.state = 'cancelled' or run.scored_at is not null then
        raise exception 'question % is % in a run that is %', item.id, item.status, run.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'An answer can be scored after it was submitted, and until the run has its result.';
    end if;
    update public.diagnostic_run_items as i
    set status = 'scored',
        score = p_score,
        feedback = p_feedback
    where i.id = item.id;
    perform private.settle_diagnostic_run(run.id);
end
$$;

comment on function private.score_diagnostic_item(uuid, numeric, jsonb) is
    'Score an answer; the last score of a completed run triggers its result.';

revoke all on function private.score_diagnostic_item(uuid, numeric, jsonb) from public;
grant execute on function private.score_diagnostic_item(uuid, numeric, jsonb) to service_role;

create or replace function public.score_diagnostic_item(p_run_item_id uuid, p_score numeric, p_feedback jsonb default null)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.score_diagnostic_item(p_run_item_id, p_score, p_feedback);

comment on function public.score_diagnostic_item(uuid, numeric, jsonb) is 'Score an answer from 0 to 100, with feedback. For the service.';

revoke all on function public.score_diagnostic_item(uuid, numeric, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.score_diagnostic_item(uuid, numeric, jsonb) to service_role;
