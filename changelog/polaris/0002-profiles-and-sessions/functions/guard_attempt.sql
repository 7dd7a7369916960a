create or replace function private.guard_attempt()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- A client could name a drill that it never practised, and distort the statistics of that drill.
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

comment on function private.guard_attempt() is
    'Trigger: set drill_id of an attempt from its session; only the service may choose another drill.';

revoke all on function private.guard_attempt() from public;
