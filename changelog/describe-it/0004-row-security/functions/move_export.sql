create or replace function public.move_export(
    p_export uuid,
    p_to text,
    p_records_count integer default null,
    p_file_size_bytes bigint default null,
    p_file_url text default null,
    p_expires_at timestamptz default null,
    p_data jsonb default null,
    p_error_message text default null
)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.move_export(p_export, p_to, p_records_count, p_file_size_bytes, p_file_url, p_expires_at, p_data, p_error_message);

comment on function public.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) is
    'Move an export to its next state: processing, completed (with the result), failed (with the error message), or pending (retry). For the service.';

revoke all on function public.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) from public, anon, authenticated, service_role;
grant execute on function public.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) to service_role;
grant execute on function private.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) to service_role;
