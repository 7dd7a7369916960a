create or replace function private.admin_message_set_state(p_id uuid, p_state text, p_send_at timestamptz)
returns public.admin_messages
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    message public.admin_messages;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may change the state of messages'
            using errcode = 'insufficient_privilege';
    end if;
    if p_send_at is not null and p_state is distinct from 'scheduled' then
        raise exception 'p_send_at requires the state scheduled'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into message
    from public.admin_messages as msg
    where msg.id = p_id
    for no key update;
    if message.id is null then
        raise exception 'no message %', p_id
            using errcode = 'no_data_found';
    end if;
    if message.state = p_state and (p_send_at is null or p_send_at = message.send_at) then
        return message;
    end if;
    update public.admin_messages as msg
    set state = p_state,
        send_at = case p_state when 'scheduled' then coalesce(p_send_at, now()) else msg.send_at end
    where msg.id = message.id
    returning * into message;
    return message;
end
$$;

comment on function private.admin_message_set_state(uuid, text, timestamptz) is
    'Move a message to a state. A repeated call changes nothing, except that scheduled with another p_send_at changes the send time.';

revoke all on function private.admin_message_set_state(uuid, text, timestamptz) from public;
grant execute on function private.admin_message_set_state(uuid, text, timestamptz) to authenticated, service_role;

create or replace function public.admin_message_set_state(p_id uuid, p_state text, p_send_at timestamptz default null)
returns public.admin_messages
language sql
volatile
security invoker
set search_path = ''
return private.admin_message_set_state(p_id, p_state, p_send_at);

comment on function public.admin_message_set_state(uuid, text, timestamptz) is
    'Move a message to a state: approved, draft, scheduled (at p_send_at, or now), canceled or archived. For admins and the service; only the drip sets sending and sent.';

revoke all on function public.admin_message_set_state(uuid, text, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.admin_message_set_state(uuid, text, timestamptz) to authenticated, service_role;
