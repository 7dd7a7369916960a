create or replace function private.guard_admin_message_delivery()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if (new.id, new.message_id, new.user_id, new.channel, new.created_at) is distinct from (old.id, old.message_id, old.user_id, old.channel, old.created_at)
        or old.sent_at is not null and new.sent_at is distinct from old.sent_at
        or old.read_at is not null and new.read_at is distinct from old.read_at
        or old.clicked_at is not null and new.clicked_at is distinct from old.clicked_at
    then
        raise exception 'a delivery stays to whom and by what it was made, and what became of it stays'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_admin_message_delivery() is
    'Refuses a change of person, message or channel, and of what was sent, read or clicked already.';

revoke all on function private.guard_admin_message_delivery() from public;
