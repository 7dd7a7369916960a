create or replace function private.file_report(p_target_table text, p_target_id uuid, p_reason text)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    report uuid;
begin
    if char_length(coalesce(btrim(p_reason), '')) not between 1 and 4000 then
        raise exception 'p_reason is required and may have at most 4000 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    -- Lock the profile, so that the second of two concurrent calls finds the report of the first.
    perform
    from public.profiles as p
    where p.id = (select auth.uid())
    for no key update;
    select r.id
    into report
    from public.reports as r
    where r.user_id = (select auth.uid())
        and r.target_table = p_target_table
        and r.target_id = p_target_id
        and r.status = 'open'
    order by r.created_at, r.id
    limit 1;
    if report is null then
        insert into public.reports (user_id, target_table, target_id, reason)
        values ((select auth.uid()), p_target_table, p_target_id, btrim(p_reason))
        returning id into report;
    end if;
    return report;
end
$$;

comment on function private.file_report(text, uuid, text) is
    'Report a row as the caller; while that report is open, a repeated call returns the same report. The calling function checks that the caller may read the row. Internal: no role may execute it directly.';

revoke all on function private.file_report(text, uuid, text) from public;
