create or replace function private.serve_next_diagnostic_item(p_run_id uuid)
returns public.diagnostic_run_items
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    run public.diagnostic_runs := private.lock_own_diagnostic_run(p_run_id);
    item public.diagnostic_run_items;
begin
    if run.state not in ('created', 'in_progress') then
        raise exception 'run % is %', run.id, run.state
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    update public.diagnostic_run_items as i
    set status = 'skipped'
    where i.run_id = run.id
        and i.status in ('pending', 'served')
        and private.compute_diagnostic_item_due(run.id, i.section_id) < now();
    select *
    into item
    from public.diagnostic_run_items as i
    where i.run_id = run.id
        and i.status in ('served', 'pending')
    order by i.idx
    limit 1;
    if item.id is null or item.status = 'served' then
        return item;
    end if;
    if run.state = 'created' then
        update public.diagnostic_runs as r
        set state = 'in_progress',
            started_at = now()
        where r.id = run.id;
    end if;
    update public.diagnostic_run_items as i
    set status = 'served',
        served_at = now(),
        drill_id = f.drill_id,
        payload = case when d.id is null then '{}' else jsonb_build_object('title', d.title, 'prompt', d.prompt) end || f.payload
    from public.diagnostic_form_items as f
    left join public.drills as d on d.id = f.drill_id
    where i.id = item.id
        and f.id = item.form_item_id
    returning i.* into item;
    return item;
end
$$;

comment on function private.serve_next_diagnostic_item(uuid) is
    'Return the open question of the caller''s run, else serve the next one; null after the last. Questions past their time limit are skipped.';

revoke all on function private.serve_next_diagnostic_item(uuid) from public;
grant execute on function private.serve_next_diagnostic_item(uuid) to authenticated, service_role;

create or replace function public.serve_next_diagnostic_item(p_run_id uuid)
returns public.diagnostic_run_items
language sql
volatile
security invoker
set search_path = ''
return private.serve_next_diagnostic_item(p_run_id);

comment on function public.serve_next_diagnostic_item(uuid) is
    'Return the current question of the caller''s run; the same one until it is answered, null after the last. For users and the service.';

revoke all on function public.serve_next_diagnostic_item(uuid) from public, anon, authenticated, service_role;
grant execute on function public.serve_next_diagnostic_item(uuid) to authenticated, service_role;
