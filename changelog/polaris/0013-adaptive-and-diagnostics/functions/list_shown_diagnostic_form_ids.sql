create or replace function private.list_shown_diagnostic_form_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
        select f.id
        from public.diagnostic_forms as f
        where f.state in ('published', 'retired')
            or private.is_admin();
end
$$;

comment on function private.list_shown_diagnostic_form_ids() is 'Ids of published and retired tests; for admins, of all tests.';

revoke all on function private.list_shown_diagnostic_form_ids() from public;
grant execute on function private.list_shown_diagnostic_form_ids() to authenticated;
