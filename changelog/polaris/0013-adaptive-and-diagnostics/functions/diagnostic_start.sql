create or replace function private.diagnostic_start(p_user uuid, p_form_code text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    form public.diagnostic_forms;
    run_id uuid;
begin
    if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
        raise exception 'only the user or the service may start a test'
            using errcode = 'insufficient_privilege';
    end if;
    select f.*
    into form
    from public.diagnostic_forms as f
    join public.coaches as c on c.key = f.coach_key
    where f.code = p_form_code
        and f.state = 'published'
        and c.is_active
    for share of f;
    -- Same error for a missing test and an unpublished test.
    if form.id is null then
        raise exception 'no test %', p_form_code
            using errcode = 'no_data_found';
    end if;
    if not exists (select from public.profiles as p where p.id = p_user) then
        raise exception 'no profile %', p_user
            using errcode = 'no_data_found';
    end if;
    -- A concurrent second call waits for the first and finds its run.
    insert into public.diagnostic_runs (user_id, form_id)
    values (p_user, form.id)
    on conflict (user_id, form_id) where state in ('created', 'in_progress') do nothing
    returning id into run_id;
    if run_id is null then
        select r.id
        into strict run_id
        from public.diagnostic_runs as r
        where r.user_id = p_user
            and r.form_id = form.id
            and r.state in ('created', 'in_progress');
        return run_id;
    end if;
    insert into public.diagnostic_run_items (run_id, user_id, section_id, form_item_id, idx)
    select run_id, p_user, i.section_id, i.id, row_number() over (order by s.idx, i.idx)
    from public.diagnostic_form_items as i
    join public.diagnostic_form_sections as s on s.id = i.section_id
    where i.form_id = form.id;
    perform private.log_event('diagnostic_started', p_user, jsonb_build_object('run_id', run_id), form.coach_key);
    return run_id;
end
$$;

comment on function private.diagnostic_start(uuid, text) is
    'Return the open run of a published test, and create it if absent. p_user must be the caller unless the service calls.';

revoke all on function private.diagnostic_start(uuid, text) from public;
grant execute on function private.diagnostic_start(uuid, text) to authenticated, service_role;

create or replace function public.diagnostic_start(p_user_id uuid, p_form_code text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.diagnostic_start(p_user_id, p_form_code);

comment on function public.diagnostic_start(uuid, text) is
    'Start a test and return the run''s id; while the run is open, repeating the call returns the same run. For users (p_user_id is the caller) and the service.';

revoke all on function public.diagnostic_start(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.diagnostic_start(uuid, text) to authenticated, service_role;
