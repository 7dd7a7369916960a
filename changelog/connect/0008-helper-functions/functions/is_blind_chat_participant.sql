create or replace function private.is_blind_chat_participant(chat_id uuid, uid uuid)
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select exists (
        select
        from public.blind_chats as c
        join public.matches as m on m.id = c.match_id
        where c.id = chat_id
            and private.is_match_participant(m, uid)
    )
$$;

comment on function private.is_blind_chat_participant(uuid, uuid) is
    'Whether the account takes part in the blind chat. Internal: a role with execute could check any account.';

revoke all on function private.is_blind_chat_participant(uuid, uuid) from public;
