create or replace function private.settle_reveal(p_reveal uuid, p_accept boolean)
returns text
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    answer text := case when p_accept then 'accepted' else 'declined' end;
    answered_match uuid;
begin
    update public.reveals as r
    set status = answer,
        responded_at = now()
    where r.id = p_reveal
    returning r.match_id into strict answered_match;

    update public.blind_chats as c
    set reveal_state = case when p_accept then 'mutual' else 'one_sided' end
    where c.match_id = answered_match;

    if p_accept then
        update public.matches as m
        set status = 'revealed'
        where m.id = answered_match;
    end if;

    return answer;
end
$$;

comment on function private.settle_reveal(uuid, boolean) is
    'Store the answer to a pending reveal request and update chat and match. Internal: the calling function must lock the match and check the user.';

revoke all on function private.settle_reveal(uuid, boolean) from public;
