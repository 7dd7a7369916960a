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
        raise exception 'user, message and channel of a delivery cannot change, nor sent_at, read_at and clicked_at after they are set'
            using errcode = 'check_violation';
    end if;
    return new;
end
$$;

comment on function private.guard_admin_message_delivery() is
    'Trigger: reject changes of user, message or channel of a delivery, and of sent_at, read_at and clicked_at after they are set.';

revoke all on function private.guard_admin_message_delivery() from public;
