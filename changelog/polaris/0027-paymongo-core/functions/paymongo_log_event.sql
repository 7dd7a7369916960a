create or replace function private.paymongo_log_event(
    p_event_id text,
    p_event_type text,
    p_signature text,
    p_raw jsonb,
    p_received_at timestamptz
)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    event public.paymongo_events;
begin
    if not private.is_service() then
        raise exception 'only the service may log PayMongo events'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_signature), '') = '' or char_length(p_signature) > 2000 then
        raise exception 'p_signature is required and may have at most 2000 characters'
            using
                errcode = 'invalid_parameter_value',
                hint = 'Answer requests without a valid PayMongo signature with 401, and do not log them.';
    end if;
    if coalesce(p_event_id, '') !~ '^[A-Za-z0-9_-]{1,100}$'
        or p_event_id is distinct from p_raw #>> '{data,id}'
        or char_length(p_event_type) > 100
        or coalesce(p_event_type, '') = ''
        or p_event_type is distinct from p_raw #>> '{data,attributes,type}'
        or jsonb_typeof(p_raw #> '{data,attributes,livemode}') is distinct from 'boolean'
    then
        raise exception 'p_raw is not the body of PayMongo event %', p_event_id
            using errcode = 'invalid_parameter_value';
    end if;
    if octet_length(p_raw::text) > 262144 then
        raise exception 'the body of event % is larger than 256 KiB', p_event_id
            using errcode = 'invalid_parameter_value';
    end if;

    insert into public.paymongo_events as e (event_id, event_type, livemode, about, signature, raw, received_at)
    values (
        p_event_id, p_event_type, (p_raw #>> '{data,attributes,livemode}')::boolean, private.extract_paymongo_ids(p_raw), p_signature, p_raw,
        least(coalesce(p_received_at, now()), now())
    )
    on conflict (event_id) do update
    set deliveries = e.deliveries + 1
    returning * into event;
    if event.state = 'failed' then
        perform private.process_paymongo_event(event.event_id);
    end if;
    return event.deliveries = 1;
end
$$;

comment on function private.paymongo_log_event(text, text, text, jsonb, timestamptz) is
    'Store a PayMongo event whose signature the server verified, and process it once; return whether it is new. v_paymongo_events_flat shows the outcome. For the service.';

revoke all on function private.paymongo_log_event(text, text, text, jsonb, timestamptz) from public;
grant execute on function private.paymongo_log_event(text, text, text, jsonb, timestamptz) to service_role;

create or replace function public.paymongo_log_event(
    p_event_id text,
    p_event_type text,
    p_signature text,
    p_raw jsonb,
    p_received_at timestamptz
)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.paymongo_log_event(p_event_id, p_event_type, p_signature, p_raw, p_received_at);

comment on function public.paymongo_log_event(text, text, text, jsonb, timestamptz) is
    'Store and process a PayMongo webhook event whose signature the server verified; return whether it is new. For the service.';

revoke all on function public.paymongo_log_event(text, text, text, jsonb, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.paymongo_log_event(text, text, text, jsonb, timestamptz) to service_role;
