create or replace function private.paypal_log_event(
    p_event_id text,
    p_event_type text,
    p_transmission_id text,
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
    event public.paypal_events;
begin
    if not private.is_service() then
        raise exception 'only the service may log PayPal events'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_signature), '') = '' or char_length(p_signature) > 2000 then
        raise exception 'p_signature is required and may have at most 2000 characters'
            using
                errcode = 'invalid_parameter_value',
                hint = 'Answer requests without a valid PayPal signature with 401, and do not log them.';
    end if;
    if coalesce(p_event_id, '') !~ '^[A-Za-z0-9_-]{1,100}$'
        or p_event_id is distinct from p_raw #>> '{id}'
        or char_length(p_event_type) > 100
        or coalesce(p_event_type, '') = ''
        or p_event_type is distinct from p_raw #>> '{event_type}'
        or coalesce(p_transmission_id, '') = ''
        or char_length(p_transmission_id) > 200
        or jsonb_typeof(p_raw -> 'resource') is distinct from 'object'
    then
        raise exception 'p_raw is not the body of PayPal event %', p_event_id
            using errcode = 'invalid_parameter_value';
    end if;
    if octet_length(p_raw::text) > 262144 then
        raise exception 'the body of event % is larger than 256 KiB', p_event_id
            using errcode = 'invalid_parameter_value';
    end if;

    insert into public.paypal_events as e (event_id, event_type, livemode, about, transmission_id, signature, raw, received_at)
    values (
        p_event_id, p_event_type, not jsonb_path_exists(p_raw, '$.**.href ? (@ like_regex "^https://[a-z.-]*sandbox[.]paypal[.]com/")'), private.extract_paypal_ids(p_raw), p_transmission_id, p_signature, p_raw,
        least(coalesce(p_received_at, now()), now())
    )
    on conflict (event_id) do update
    set deliveries = e.deliveries + 1
    returning * into event;
    if event.state = 'failed' then
        perform private.process_paypal_event(event.event_id);
    end if;
    return event.deliveries = 1;
end
$$;

comment on function private.paypal_log_event(text, text, text, text, jsonb, timestamptz) is
    'Store a PayPal event whose signature the server verified, and process it once; return whether it is new. v_paypal_events_flat shows the outcome. For the service.';

revoke all on function private.paypal_log_event(text, text, text, text, jsonb, timestamptz) from public;
grant execute on function private.paypal_log_event(text, text, text, text, jsonb, timestamptz) to service_role;

create or replace function public.paypal_log_event(
    p_event_id text,
    p_event_type text,
    p_transmission_id text,
    p_signature text,
    p_raw jsonb,
    p_received_at timestamptz
)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.paypal_log_event(p_event_id, p_event_type, p_transmission_id, p_signature, p_raw, p_received_at);

comment on function public.paypal_log_event(text, text, text, text, jsonb, timestamptz) is
    'Store and process a PayPal webhook event whose signature the server verified; return whether it is new. For the service.';

revoke all on function public.paypal_log_event(text, text, text, text, jsonb, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.paypal_log_event(text, text, text, text, jsonb, timestamptz) to service_role;
