create or replace function private.stamp_reveal()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'UPDATE' then
        if new.status = 'pending' and (new.requested_by is null or new.requested_to is null) then
            new.status := 'cancelled';
            new.responded_at := now();
        end if;
        return new;
    end if;
    select case when m.user_a = new.requested_by then 'a' else 'b' end
    into new.requested_side
    from public.matches as m
    where m.id = new.match_id
        and (new.requested_by, new.requested_to) in ((m.user_a, m.user_b), (m.user_b, m.user_a));
    if not found then
        raise exception 'A reveal request must go from one side of the match to the other'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.stamp_reveal() is
    'Trigger: set requested_side of a reveal request, reject requests that are not between the two sides of the match, and cancel pending requests of deleted accounts.';

revoke all on function private.stamp_reveal() from public;
