create or replace function public.open_ticket_for(
    p_user uuid,
    p_subject text,
    p_body_text text,
    p_reporter_email text default null,
    p_reporter_name text default null,
    p_category text default 'other',
    p_priority text default null,
    p_channel text default 'email',
    p_attachments jsonb default '[]',
    p_meta jsonb default '{}',
    p_id uuid default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.open_ticket(
    p_id, p_user, p_subject, p_body_text, p_category, p_attachments, null, p_channel, p_priority, p_reporter_email, p_reporter_name, p_meta
);

comment on function public.open_ticket_for(uuid, text, text, text, text, text, text, text, jsonb, jsonb, uuid) is
    'Open a ticket for a user or an email address. For admins and the service; the first message is attributed to the user if the service calls, and to the admin otherwise.';

revoke all on function public.open_ticket_for(uuid, text, text, text, text, text, text, text, jsonb, jsonb, uuid) from public, anon, authenticated, service_role;
grant execute on function public.open_ticket_for(uuid, text, text, text, text, text, text, text, jsonb, jsonb, uuid) to authenticated, service_role;
