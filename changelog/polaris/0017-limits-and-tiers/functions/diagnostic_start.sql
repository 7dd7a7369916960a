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
    if not private.record_limit_usage(p_user, 'diagnostics_30d', 1, now()) then
        raise exception 'the limit diagnostics_30d of the user is used up'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Each started run counts, also if it is cancelled. v_user_limits shows the limit and its usage.';
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
