create or replace function private.report_expression(p_item uuid, p_reason text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    kind text := case
        when exists (select from public.exemplar_pack_items as e where e.item_id = p_item) then 'exemplar_pack_items'
        when exists (select from public.expression_exemplars as x where x.id = p_item and x.state = 'published_exemplar') then 'expression_exemplars'
    end;
begin
    if private.get_account() is null or kind is null then
        raise exception 'expression % does not exist or is not published', p_item
            using errcode = 'no_data_found';
    end if;
    return private.file_report(kind, p_item, p_reason);
end
$$;

comment on function private.report_expression(uuid, text) is
    'Report a published expression, an item or an exemplar, as the caller; while that report is open, a repeated call returns the same report.';

revoke all on function private.report_expression(uuid, text) from public;
grant execute on function private.report_expression(uuid, text) to authenticated;

create or replace function public.report_expression(p_item uuid, p_reason text)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.report_expression(p_item, p_reason);

comment on function public.report_expression(uuid, text) is
    'Report a published expression and return the id of the report; a repeated call returns the same id while the report is open.';

revoke all on function public.report_expression(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.report_expression(uuid, text) to authenticated;
