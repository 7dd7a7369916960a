create or replace function private.list_expired_export_files(p_files integer)
returns setof text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if p_files is null or p_files not between 1 and 1000 then
        raise exception 'A list has 1 to 1000 files' using errcode = 'invalid_parameter_value';
    end if;
    return query
        select o.name
        from storage.objects as o
        where o.bucket_id = 'exports'
            and not exists (
                select
                from public.export_history as e
                where e.id = case when o.name ~ '^[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[.]' then substr(o.name, 38, 36)::uuid end
                    and o.name = concat(e.user_id, '/', e.id, '.', e.export_format)
                    and case e.status
                        when 'completed' then coalesce(e.expires_at > now(), true)
                        -- A retry may be about to replace the file.
                        when 'failed' then e.updated_at > now() - interval '1 day'
                        else true
                    end
            )
        order by o.name
        limit p_files;
end
$$;

comment on function private.list_expired_export_files(integer) is
    'Names of up to p_files files in bucket exports whose export has expired, failed more than a day ago, was archived or was deleted with its user.';

revoke all on function private.list_expired_export_files(integer) from public;
grant execute on function private.list_expired_export_files(integer) to service_role;

create or replace function public.list_expired_export_files(p_files integer default 1000)
returns setof text
language sql
stable
security invoker
set search_path = ''
return private.list_expired_export_files(p_files);

comment on function public.list_expired_export_files(integer) is
    'Names of up to p_files (1 to 1000) files in bucket exports that no current export uses; delete them through the storage API. For the service.';

revoke all on function public.list_expired_export_files(integer) from public, anon, authenticated, service_role;
grant execute on function public.list_expired_export_files(integer) to service_role;
