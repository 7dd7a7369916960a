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
    -- Waits for whoever is ending the chat; what they committed counts.
    select c.is_active, case when m.user_a = new.sender_user_id then 'a' else 'b' end
    into active, new.sender_side
    from public.blind_chats as c
    join public.matches as m on m.id = c.match_id
    where c.id = new.blind_chat_id
        and private.is_match_participant(m, new.sender_user_id)
        and new.sender_user_id = coalesce((select auth.uid()), new.sender_user_id)
    for share of c;
    -- The same for every account but the caller's, so that nobody can find out whether it is the other's.
    if not found then
        raise exception 'The sender takes no part in this chat'
            using errcode = 'insufficient_privilege';
    end if;
    if not active and (select auth.uid()) is not null then
        raise exception 'This chat has ended'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    return new;
end
$$;

comment on function private.stamp_blind_chat_message() is
    'Sets the side of the sender of a message; refuses who takes no part, and a person whose chat has ended.';

revoke all on function private.stamp_blind_chat_message() from public;
