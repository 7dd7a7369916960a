create or replace view public.my_blind_chats
with (security_invoker = true)
as
select
    c.id,
    c.match_id,
    case s.side when 'a' then c.pseudonym_a else c.pseudonym_b end as my_pseudonym,
    case s.side when 'a' then c.pseudonym_b else c.pseudonym_a end as their_pseudonym,
    c.is_active,
    c.reveal_state,
    c.created_at,
    c.ended_at,
    c.updated_at
from public.blind_chats as c
join private.list_my_blind_chat_sides() as s on s.blind_chat_id = c.id;

comment on view public.my_blind_chats is
    'The caller''s blind chats with the pseudonyms of both sides.';

revoke all on table public.my_blind_chats from public, anon, authenticated, service_role;
