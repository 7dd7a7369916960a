create or replace function private.end_blind_chat(p_chat uuid)
returns timestamptz
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    ending_match uuid;
    ended timestamptz;
begin
    select c.match_id into ending_match
    from public.blind_chats as c
    where c.id = p_chat
        and private.is_blind_chat_participant(c.id, (select auth.uid()));
    if not found then
        raise exception 'You have no chat with this id'
            using
                errcode = 'no_data_found',
                hint = 'public.my_blind_chats lists your chats.';
    end if;
    perform private.lock_my_match(ending_match);

    -- The trigger on matches ends the chat and cancels the pending reveal request.
    update public.matches as m
    set status = 'closed',
        closed_at = now()
    where m.id = ending_match
        and m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed');

    update public.blind_chats as c
    set is_active = false,
        ended_at = coalesce(c.ended_at, now())
    where c.id = p_chat
    returning c.ended_at into strict ended;
    return ended;
end
$$;

comment on function private.end_blind_chat(uuid) is
    'Security definer implementation of public.end_blind_chat; checks the caller.';

create or replace function public.end_blind_chat(p_chat uuid)
returns timestamptz
language sql
volatile
security invoker
set search_path = ''
return private.end_blind_chat(p_chat);

comment on function public.end_blind_chat(uuid) is
    'End a blind chat of the caller and its match, for both sides; for users. Returns the end time; repeating the call changes nothing.';

revoke all on function private.end_blind_chat(uuid), public.end_blind_chat(uuid)
    from public, anon, authenticated, service_role;
