create or replace function private.end_match()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    update public.blind_chats as c
    set is_active = false,
        ended_at = now(),
        reveal_state = case when c.reveal_state in ('mutual', 'done') then 'done' else 'none' end
    where c.match_id = new.id
        and c.is_active;

    update public.reveals as r
    set status = 'cancelled',
        responded_at = now()
    where r.match_id = new.id
        and r.status = 'pending';

    return null;
end
$$;

comment on function private.end_match() is
    'Trigger: end the chat of a match that has ended and cancel its pending reveal request.';

revoke all on function private.end_match() from public;
