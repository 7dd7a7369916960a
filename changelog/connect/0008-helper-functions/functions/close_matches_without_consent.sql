create or replace function private.close_matches_without_consent()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    with mine as (
        select m.id
        from public.matches as m
        where old.user_id in (m.user_a, m.user_b)
            and m.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed')
        -- The order avoids deadlocks with other users who withdraw at the same time.
        order by m.id
        for update
    )
    update public.matches as m
    set status = 'closed',
        closed_at = now()
    from mine
    where m.id = mine.id;
    return null;
end
$$;

comment on function private.close_matches_without_consent() is
    'Trigger: close the open matches of a user who withdraws consent or whose Connect profile is deleted.';

revoke all on function private.close_matches_without_consent() from public;
