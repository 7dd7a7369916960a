create or replace function private.diagnostic_submit_item(
    p_run_item_id uuid,
    p_outcome_score numeric,
    p_duration_sec integer,
    p_response_text text,
    p_response_url text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run public.diagnostic_runs;
    item public.diagnostic_run_items;
    passed integer;
begin
    if p_outcome_score is not null and not private.is_service() then
        raise exception 'only the service may set scores'
            using errcode = 'insufficient_privilege';
    end if;
    select r.*
    into run
    from public.diagnostic_runs as r
    join public.diagnostic_run_items as i on i.run_id = r.id
    where i.id = p_run_item_id
        and (r.user_id = (select auth.uid()) or private.is_service())
    for update of r;
    select *
    into item
    from public.diagnostic_run_items as i
    where i.id = p_run_item_id
        and i.run_id = run.id;
    -- Same error for a missing question, a question of another user, and a question not served yet.
    if item.id is null or item.status = 'pending' then
        raise exception 'no question %', p_run_item_id
            using errcode = 'no_data_found';
    end if;
    if item.submitted_at is not null
        and (item.response_text, item.response_url) is not distinct from (p_response_text, p_response_url)
        and (p_outcome_score is null or item.score = round(p_outcome_score, 2))
    then
        return;
    end if;
    -- 10 seconds of tolerance for the network.
    if item.status <> 'served'
        or run.state <> 'in_progress'
        or private.compute_diagnostic_item_due(run.id, item.section_id) + interval '10 seconds' < now()
    then
        raise exception 'question % is % and can no longer be answered', item.id, item.status
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Call serve_next_diagnostic_item to get the open question.';
    end if;
    passed := least(86400, extract(epoch from greatest(now(), item.served_at) - item.served_at));
    if p_response_text is null and p_response_url is null then
        update public.diagnostic_run_items as i
        set status = 'skipped',
            duration_sec = passed
        where i.id = item.id;
        return;
    end if;
    update public.diagnostic_run_items as i
    set status = case when p_outcome_score is null then 'submitted' else 'scored' end,
        submitted_at = now(),
        response_text = p_response_text,
        response_url = p_response_url,
        duration_sec = least(passed, greatest(0, coalesce(p_duration_sec, passed))),
        score = p_outcome_score
    where i.id = item.id;
end
$$;

comment on function private.diagnostic_submit_item(uuid, numeric, integer, text, text) is
    'Store the caller''s answer to the open question, or skip the question without an answer. Repeating the call changes nothing; only the service may pass a score.';

revoke all on function private.diagnostic_submit_item(uuid, numeric, integer, text, text) from public;
grant execute on function private.diagnostic_submit_item(uuid, numeric, integer, text, text) to authenticated, service_role;

create or replace function public.diagnostic_submit_item(
    p_run_item_id uuid,
    p_outcome_score numeric default null,
    p_duration_sec integer default null,
    p_response_text text default null,
    p_response_url text default null
)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.diagnostic_submit_item(p_run_item_id, p_outcome_score, p_duration_sec, p_response_text, p_response_url);

comment on function public.diagnostic_submit_item(uuid, numeric, integer, text, text) is
    'Answer the open question of the caller''s run with a text or the URL of a recording; with neither, the question is skipped. For users and the service, which may also pass a score.';

revoke all on function public.diagnostic_submit_item(uuid, numeric, integer, text, text) from public, anon, authenticated, service_role;
grant execute on function public.diagnostic_submit_item(uuid, numeric, integer, text, text) to authenticated, service_role;
