create or replace function private.reply_ticket(p_ticket_id uuid, p_body_text text, p_attachments jsonb, p_visibility text, p_id uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    ticket public.tickets := private.lock_reachable_ticket(p_ticket_id);
    author text := case
        when ticket.user_id = (select auth.uid()) then 'user'
        when private.is_service() then 'ai_system'
        else 'admin'
    end;
    request_id uuid := private.derive_id(ticket.id || ' ' || author, p_id);
    message_id uuid;
begin
    if author = 'user' and p_visibility is distinct from 'public' then
        raise exception 'only admins and the service may write internal messages, and only in tickets of other users'
            using errcode = 'insufficient_privilege';
    end if;
    select msg.id
    into message_id
    from public.ticket_messages as msg
    where msg.id = request_id;
    if message_id is not null then
        return message_id;
    end if;
    insert into public.ticket_messages (id, ticket_id, author_type, author_id, visibility, body_text, attachments)
    values (
        coalesce(request_id, gen_random_uuid()), ticket.id, author, case when author <> 'ai_system' then (select auth.uid()) end,
        p_visibility, p_body_text, coalesce(p_attachments, '[]')
    )
    returning id into message_id;
    return message_id;
end
$$;

comment on function private.reply_ticket(uuid, text, jsonb, text, uuid) is
    'Write a message in a ticket as the caller: its user, an admin, or the service as ai_system. A retry with the same p_id returns the same message.';

revoke all on function private.reply_ticket(uuid, text, jsonb, text, uuid) from public;
grant execute on function private.reply_ticket(uuid, text, jsonb, text, uuid) to authenticated, service_role;

create or replace function public.reply_ticket(
    p_ticket_id uuid,
    p_body_text text,
    p_attachments jsonb default '[]',
    p_visibility text default 'public',
    p_id uuid default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.reply_ticket(p_ticket_id, p_body_text, p_attachments, p_visibility, p_id);

comment on function public.reply_ticket(uuid, text, jsonb, text, uuid) is
    'Write a message in a ticket and return its id: users in their own tickets, admins and the service in any. Only admins and the service may write internal messages, which the user never sees.';

revoke all on function public.reply_ticket(uuid, text, jsonb, text, uuid) from public, anon, authenticated, service_role;
grant execute on function public.reply_ticket(uuid, text, jsonb, text, uuid) to authenticated, service_role;
