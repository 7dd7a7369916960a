create or replace function private.recon_mark_resolved(p_finding uuid, p_note text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may close findings'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_note), '') = '' or char_length(p_note) > 1000 then
        raise exception 'p_note is required and may have at most 1000 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.recon_findings as f
    set resolved_at = now(),
        resolved_by = (select auth.uid()),
        resolution = p_note
    where f.id = p_finding
        and f.resolved_at is null;
    if not found then
        raise exception 'finding % does not exist or is closed', p_finding
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.recon_mark_resolved(uuid, text) is
    'Close an open finding with a reason. The same discrepancy is reported again only if its amounts, currencies or states change. For admins and the service.';

revoke all on function private.recon_mark_resolved(uuid, text) from public;
grant execute on function private.recon_mark_resolved(uuid, text) to authenticated, service_role;

create or replace function public.recon_mark_resolved(p_finding uuid, p_note text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.recon_mark_resolved(p_finding, p_note);

comment on function public.recon_mark_resolved(uuid, text) is 'Close an open finding with a reason. For admins and the service.';

revoke all on function public.recon_mark_resolved(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.recon_mark_resolved(uuid, text) to authenticated, service_role;
