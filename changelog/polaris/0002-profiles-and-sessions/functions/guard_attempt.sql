create or replace function private.guard_attempt()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Not what the client says: that could be a drill it never saw, whose figures it would spoil.
    if not private.is_service() then
        select s.drill_id
        into new.drill_id
        from public.sessions as s
        where s.id = new.session_id
            and s.user_id = new.user_id;
    end if;
    return new;
end
$$;

comment on function private.guard_attempt() is 'Gives an attempt the drill of its session; the service may say another.';

revoke all on function private.guard_attempt() from public;
