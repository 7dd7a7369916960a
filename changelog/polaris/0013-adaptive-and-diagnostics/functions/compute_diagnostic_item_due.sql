create or replace function private.compute_diagnostic_item_due(p_run_id uuid, p_section_id uuid)
returns timestamptz
language sql
stable
security invoker
set search_path = ''
as $$
    select min(i.served_at) + make_interval(secs => min(s.time_limit_sec))
    from public.diagnostic_run_items as i
    join public.diagnostic_form_sections as s on s.id = i.section_id
    where i.run_id = p_run_id
        and i.section_id = p_section_id
$$;

comment on function private.compute_diagnostic_item_due(uuid, uuid) is
    'End of the time limit of a section, counted from its first served question; null before that and without a limit. Internal: no role may execute it directly.';

revoke all on function private.compute_diagnostic_item_due(uuid, uuid) from public;
