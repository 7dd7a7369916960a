create or replace function private.derive_id(p_scope text, p_request uuid)
returns uuid
language sql
immutable
security invoker
set search_path = ''
as $$
    -- A uuid of version 8, whose content the application defines (RFC 9562).
    select overlay(overlay(left(h.digest, 32) placing '8' from 13) placing '8' from 17)::uuid
    from encode(sha256(convert_to(p_scope || ' ' || p_request, 'UTF8')), 'hex') as h (digest)
$$;

comment on function private.derive_id(text, uuid) is
    'Id of the row that a request creates: the same for a retry, another for the same p_request in another scope, null without a request. Internal: no role may execute it directly.';

revoke all on function private.derive_id(text, uuid) from public;
