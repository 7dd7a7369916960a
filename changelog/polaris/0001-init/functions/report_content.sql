create or replace function private.report_content(p_target_table text, p_target_id uuid, p_reason text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if private.get_account() is null
        or not coalesce(
            case p_target_table
                when 'drills' then exists (
                    select
                    from public.drills as d
                    where d.id = p_target_id
                        and d.is_public
                        and d.state in ('approved', 'published')
                )
                when 'attempts' then exists (
                    select
                    from public.attempts as t
                    where t.id = p_target_id
                        and t.user_id = (select auth.uid())
                )
            end, false
        )
    then
        raise exception 'no % % to report', coalesce(p_target_table, 'row'), p_target_id
            using
                errcode = 'no_data_found',
                hint = 'Users report published drills, and the feedback on their own attempts.';
    end if;
    return private.file_report(p_target_table, p_target_id, p_reason);
end
$$;

comment on function private.report_content(text, uuid, text) is
    'Report a published drill, or the feedback on an attempt of the caller; while that report is open, a repeated call returns the same report.';

revoke all on function private.report_content(text, uuid, text) from public;
grant execute on function private.report_content(text, uuid, text) to authenticated;

create or replace function public.report_content(p_target_table text, p_target_id uuid, p_reason text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.report_content(p_target_table, p_target_id, p_reason);

comment on function public.report_content(text, uuid, text) is
    'Report a published drill (target drills), or the feedback on an own attempt (target attempts), and return the id of the report. For users.';

revoke all on function public.report_content(text, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.report_content(text, uuid, text) to authenticated;
