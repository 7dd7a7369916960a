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
        raise exception 'A request to reveal goes from one of the two of a match to the other'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.stamp_reveal() is
    'Sets the side of who asked; refuses a request that is not between the two of the match.';

revoke all on function private.stamp_reveal() from public;
