create or replace function private.guard_ticket_message()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    ticket public.tickets;
begin
    if tg_op = 'UPDATE' then
        if (new.id, new.ticket_id, new.author_type, new.visibility, new.created_at)
                is distinct from (old.id, old.ticket_id, old.author_type, old.visibility, old.created_at)
            or new.author_id is distinct from old.author_id and new.author_id is not null
            or new.user_id is distinct from old.user_id
                and new.user_id is distinct from (select t.user_id from public.tickets as t where t.id = new.ticket_id)
        then
            raise exception 'ticket, author and visibility of a message cannot change'
                using
                    errcode = 'check_violation',
                    hint = 'Write another message.';
        end if;
        return new;
    end if;

    -- Lock the ticket, so that it is not closed meanwhile and messages are processed one after the other.
    select *
    into ticket
    from public.tickets as t
    where t.id = new.ticket_id
    for no key update;
    if ticket.id is null then
        raise exception 'no ticket %', new.ticket_id
            using errcode = 'no_data_found';
    end if;
    if ticket.state = 'archived' or ticket.state = 'closed' and new.visibility = 'public' then
        raise exception 'the ticket is %', ticket.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Open another ticket; admins and the service can reopen a closed one.';
    end if;
    new.user_id := ticket.user_id;
    if new.author_type = 'user' then
        new.author_id := ticket.user_id;
        -- Admins open attachments with more rights than the author has, so each file must be the author's own.
        if ticket.user_id is not null and not private.are_files_in_folder(new.attachments, ticket.user_id) then
            raise exception 'an attachment must be in the folder of its author'
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Upload it to user-media first, under your own account id.';
        end if;
    end if;
    return new;
end
$$;

comment on function private.guard_ticket_message() is
    'Trigger: set the user of a message from its ticket, reject messages in closed tickets, and keep ticket, author and visibility unchanged.';

revoke all on function private.guard_ticket_message() from public;
