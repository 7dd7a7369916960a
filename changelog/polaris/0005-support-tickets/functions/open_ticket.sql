create or replace function private.open_ticket(
    p_id uuid,
    p_user uuid,
    p_subject text,
    p_body_text text,
    p_category text,
    p_attachments jsonb,
    p_coach_key text,
    p_channel text,
    p_priority text,
    p_reporter_email text,
    p_reporter_name text,
    p_meta jsonb
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    own boolean := coalesce(p_user = (select auth.uid()), false);
    request_id uuid := private.derive_id(coalesce(p_user::text, p_reporter_email), p_id);
    ticket public.tickets;
begin
    if not private.is_staff()
        and (not own or p_priority is not null or p_reporter_email is not null or p_reporter_name is not null or p_channel = 'email')
    then
        raise exception 'users may open tickets only for themselves; only admins and the service may set priority, reporter and channel email'
            using errcode = 'insufficient_privilege';
    end if;
    if p_user is null and p_reporter_email is null then
        raise exception 'a ticket needs an account or a reporter email'
            using errcode = 'invalid_parameter_value';
    end if;
    if p_user is not null then
        -- Lock the profile, so that the tickets of a user are counted one after the other.
        perform from public.profiles as p where p.id = p_user for no key update;
        if not found then
            raise exception 'no profile %', p_user
                using errcode = 'no_data_found';
        end if;
    end if;
    if request_id is not null then
        select *
        into ticket
        from public.tickets as t
        where t.id = request_id;
        if ticket.id is not null then
            return ticket.id;
        end if;
    end if;
    if own
        and (select count(*) from public.tickets as t where t.user_id = p_user and t.state in ('open', 'pending_admin', 'pending_user')) >= 20
    then
        raise exception 'the user already has twenty open tickets'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Write in an open ticket, or close some of them.';
    end if;
    -- Same error for a missing coach and a hidden one.
    if p_coach_key is not null
        and not exists (
            select
            from public.coaches as c
            where c.key = p_coach_key
                and (
                    c.is_active
                    or private.is_staff()
                    or exists (select from public.profiles as p where p.id = p_user and p.active_coach_key = c.key)
                )
        )
    then
        raise exception 'no coach %', p_coach_key
            using errcode = 'no_data_found';
    end if;

    insert into public.tickets (id, user_id, subject, category, priority, channel, coach_key, reporter_email, reporter_name, meta)
    values (
        coalesce(request_id, gen_random_uuid()), p_user, p_subject, coalesce(p_category, 'other'),
        -- A ticket about safety starts as high, because a person may be in danger.
        coalesce(p_priority, case p_category when 'safety' then 'high' else 'normal' end),
        coalesce(p_channel, 'in_app'), p_coach_key, p_reporter_email, p_reporter_name, coalesce(p_meta, '{}')
    )
    returning * into ticket;
    insert into public.ticket_messages (ticket_id, author_type, author_id, body_text, attachments)
    values (
        ticket.id,
        case when own or private.is_service() then 'user' else 'admin' end,
        (select auth.uid()), p_body_text, coalesce(p_attachments, '[]')
    );
    if p_user is not null then
        perform private.log_event('ticket_opened', p_user, jsonb_build_object('ticket_id', ticket.id, 'category', ticket.category), p_coach_key);
    end if;
    return ticket.id;
end
$$;

comment on function private.open_ticket(uuid, uuid, text, text, text, jsonb, text, text, text, text, text, jsonb) is
    'Open a ticket for the caller, or for anyone if an admin or the service calls. A retry with the same p_id returns the same ticket, whose id is derived from p_id and the user or reporter.';

revoke all on function private.open_ticket(uuid, uuid, text, text, text, jsonb, text, text, text, text, text, jsonb) from public;
grant execute on function private.open_ticket(uuid, uuid, text, text, text, jsonb, text, text, text, text, text, jsonb) to authenticated, service_role;

create or replace function public.open_ticket(
    p_subject text,
    p_body_text text,
    p_category text default 'other',
    p_attachments jsonb default '[]',
    p_coach_key text default null,
    p_channel text default 'in_app',
    p_meta jsonb default '{}',
    p_id uuid default null
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.open_ticket(
    p_id, (select auth.uid()), p_subject, p_body_text, p_category, p_attachments, p_coach_key, p_channel, null, null, null, p_meta
);

comment on function public.open_ticket(text, text, text, jsonb, text, text, jsonb, uuid) is
    'Open a ticket of the caller with its first message and return its id. For users; a retry with the same p_id returns the same ticket. The id is derived from p_id and the user, so p_id reveals nothing about tickets of other users.';

revoke all on function public.open_ticket(text, text, text, jsonb, text, text, jsonb, uuid) from public, anon, authenticated, service_role;
grant execute on function public.open_ticket(text, text, text, jsonb, text, text, jsonb, uuid) to authenticated;
