create or replace function private.ticket_after_message()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    insert into public.ticket_events (ticket_id, actor_id, event_type, data)
    values (
        new.ticket_id,
        (select p.id from public.profiles as p where p.id = (select auth.uid())),
        case new.visibility when 'internal' then 'note_added' else 'message_added' end,
        jsonb_build_object('message_id', new.id, 'author_type', new.author_type)
    );
    -- An internal message leaves no trace on the ticket, which its user may read; not even in updated_at.
    if new.visibility = 'internal' then
        return null;
    end if;

    update public.tickets as t
    set state = case
            -- The first message is the question itself. An automatic answer does not end the wait for a human answer.
            when new.author_type = 'user' and t.last_message_at is not null and t.state in ('open', 'pending_user', 'resolved') then 'pending_admin'
            when new.author_type = 'admin' and t.state in ('open', 'pending_admin') then 'pending_user'
            else t.state
        end,
        last_message_at = greatest(t.last_message_at, new.created_at),
        last_author = case when new.created_at >= t.last_message_at or t.last_message_at is null then new.author_type else t.last_author end
    where t.id = new.ticket_id;
    return null;
end
$$;

comment on function private.ticket_after_message() is
    'Trigger: update a ticket after a public message. A user''s message makes an answer due and reopens a resolved ticket, an admin''s message answers it; internal messages change nothing.';

revoke all on function private.ticket_after_message() from public;
