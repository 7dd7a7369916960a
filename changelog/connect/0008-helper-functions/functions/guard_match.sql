create or replace function private.guard_match()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    active integer;
begin
    if tg_op = 'UPDATE' then
        if new.user_a is not null and new.user_a is distinct from old.user_a
            or new.user_b is not null and new.user_b is distinct from old.user_b
        then
            raise exception 'The sides of a match cannot change'
                using errcode = 'check_violation';
        end if;
        if new.status <> old.status and old.status in ('declined_a', 'declined_b', 'expired', 'closed') then
            raise exception 'A match that has ended cannot become %', new.status
                using errcode = 'object_not_in_prerequisite_state';
        end if;
        return new;
    end if;

    if new.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed') then
        -- The lock waits for a withdrawal of consent in progress; a later one waits for this match and closes it.
        perform
        from public.connect_profiles as p
        where p.user_id in (new.user_a, new.user_b)
            and p.is_active
        order by p.user_id
        for share;
        get diagnostics active = row_count;
        if active <> 2 then
            raise exception 'Both sides of a match must have an active Connect profile'
                using
                    errcode = 'object_not_in_prerequisite_state',
                    hint = 'A profile can be active only while its user consents to Connect.';
        end if;
    end if;
    return new;
end
$$;

comment on function private.guard_match() is
    'Trigger: reject an open match without active profiles of both sides, other sides of an existing match, and the reopening of a match that has ended.';

revoke all on function private.guard_match() from public;
