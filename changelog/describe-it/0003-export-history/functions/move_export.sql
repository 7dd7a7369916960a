create or replace function private.move_export(
    p_export uuid,
    p_to text,
    p_records_count integer,
    p_file_size_bytes bigint,
    p_file_url text,
    p_expires_at timestamptz,
    p_data jsonb,
    p_error_message text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    state text;
begin
    select e.status into state
    from public.export_history as e
    where e.id = p_export
    for update;
    if not found then
        raise exception 'There is no export %', p_export using errcode = 'no_data_found';
    end if;
    if p_to is null
        or (state, p_to) not in (('pending', 'processing'), ('processing', 'completed'), ('processing', 'failed'), ('failed', 'pending'))
    then
        raise exception 'An export that is % cannot become %', state, coalesce(p_to, 'nothing') using
            errcode = 'object_not_in_prerequisite_state',
            hint = 'Allowed: pending to processing, processing to completed or failed, failed to pending (retry).';
    end if;

    case p_to
        when 'processing' then
            update public.export_history as e
            set status = p_to, started_at = now()
            where e.id = p_export;
        when 'completed' then
            update public.export_history as e
            set status = p_to,
                completed_at = now(),
                processing_time_seconds = extract(epoch from now() - e.started_at),
                records_count = coalesce(p_records_count, 0),
                file_size_bytes = p_file_size_bytes,
                file_url = p_file_url,
                expires_at = p_expires_at,
                data = p_data,
                error_message = null
            where e.id = p_export;
        when 'failed' then
            update public.export_history as e
            set status = p_to, error_message = coalesce(p_error_message, 'unknown')
            where e.id = p_export;
        when 'pending' then
            update public.export_history as e
            set status = p_to, retry_count = e.retry_count + 1, started_at = null
            where e.id = p_export;
    end case;
end
$$;

comment on function private.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) is
    'Move an export to its next state: processing, completed (with the result), failed (with the error message), or pending (retry).';

revoke all on function private.move_export(uuid, text, integer, bigint, text, timestamptz, jsonb, text) from public;
