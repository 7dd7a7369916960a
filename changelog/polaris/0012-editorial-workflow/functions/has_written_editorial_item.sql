create or replace function private.has_written_editorial_item(p_item uuid)
returns boolean
language sql
stable
security invoker
set search_path = ''
return exists (
    select
    from public.editorial_versions as v
    where v.editorial_item_id = p_item
        and v.created_by = (select auth.uid())
);

comment on function private.has_written_editorial_item(uuid) is
    'Whether the caller wrote any version of an item, also one that others changed later. Internal: no role may execute it directly.';

revoke all on function private.has_written_editorial_item(uuid) from public;
