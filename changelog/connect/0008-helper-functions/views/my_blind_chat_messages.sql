create or replace view public.my_blind_chat_messages
with (security_invoker = true)
as
select
    m.id,
    m.blind_chat_id,
    case when m.sender_side = s.side then 'me' else 'them' end as sender,
    m.content_ciphertext,
    m.content_preview,
    m.created_at
from public.blind_chat_messages as m
join private.list_my_blind_chat_sides() as s on s.blind_chat_id = m.blind_chat_id;

comment on view public.my_blind_chat_messages is
    'Messages of the caller''s blind chats; sender is me or them.';

revoke all on table public.my_blind_chat_messages from public, anon, authenticated, service_role;
