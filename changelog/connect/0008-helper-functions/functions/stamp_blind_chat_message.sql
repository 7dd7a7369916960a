create or replace function private.stamp_blind_chat_message()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    active boolean;
begin
    -- The lock waits for a transaction that is ending the chat, then reads its result.
    select c.is_active, case when m.user_a = new.sender_user_id then 'a' else 'b' end
    into active, new.sender_side
    from public.blind_chats as c
    join public.matches as m on m.id = c.match_id
    where c.id = new.blind_chat_id
        and private.is_match_participant(m, new.sender_user_id)
        and new.sender_user_id = coalesce((select auth.uid()), new.sender_user_id)
    for share of c;
    -- Same error for every account other than the caller's, so that callers cannot guess the account of the other side.
    if not found then
        raise exception 'The sender is not a participant of this chat'
            using errcode = 'insufficient_privilege';
    end if;
    if (select auth.uid()) is null then
        return new;
    end if;
    if not active then
        raise exception 'This chat has ended'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    -- Concurrent messages of a sender wait for each other, so that each counts the others.
    perform pg_advisory_xact_lock(hashtextextended('connect.messages.' || new.sender_user_id, 0));
    if (
        select count(*)
        from public.blind_chat_messages as m
        where m.sender_user_id = new.sender_user_id
            and m.created_at > now() - interval '1 minute'
    ) >= 60 then
        raise exception 'A user can send at most 60 messages per minute'
            using errcode = 'PT429';
    end if;
    return new;
end
$$;

comment on function private.stamp_blind_chat_message() is
    'Trigger: set sender_side of a message; reject senders outside the chat, and users'' messages after the chat has ended or beyond 60 per minute (HTTP status 429).';

revoke all on function private.stamp_blind_chat_message() from public;
