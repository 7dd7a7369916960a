create or replace function private.parse_uuid(p_text text)
returns uuid
language sql
immutable
security invoker
set search_path = ''
as $$
    select case when p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:|$)' then left(p_text, 36)::uuid end
$$;

comment on function private.parse_uuid(text) is
    'UUID that a text consists of, or begins with before a colon; null otherwise. Internal: no API role may execute it.';

revoke all on function private.parse_uuid(text) from public;
