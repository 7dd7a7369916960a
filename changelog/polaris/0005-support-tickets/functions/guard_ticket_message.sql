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
            raise exception 'a message stays where it is, whose it is and who may see it'
                using
                    errcode = 'check_violation',
                    hint = 'Write another message.';
        end if;
        return new;
    end if;

    -- Locked, so that nobody closes the ticket meanwhile, and two messages react one after the other.
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
                hint = 'Open another one; staff can reopen one that is closed.';
    end if;
    new.user_id := ticket.user_id;
    if new.author_type = 'user' then
        new.author_id := ticket.user_id;
        -- Staff open what is attached with more rights than its author has, so it must be the author's own.
        if ticket.user_id is not null
            and exists (
                select
                from jsonb_path_query(new.attachments, '$[*].path') as path
                where not starts_with(path #>> '{}', ticket.user_id || '/')
            )
        then
            raise exception 'an attachment lies in the folder of whoever attaches it'
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Upload it to user-media first, under your own account id.';
        end if;
    end if;
    return new;
end
$$;

comment on function private.guard_ticket_message() is
    'Gives a message the person of its ticket, refuses it where the ticket is closed, and keeps it what it is afterwards.';

revoke all on function private.guard_ticket_message() from public;
