create or replace function private.close_match_of_deleted_account()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if new.status in ('proposed', 'accepted_a', 'accepted_b', 'accepted_both', 'blind_chat_active', 'revealed') then
        new.status := 'closed';
    end if;
    new.closed_at := coalesce(new.closed_at, now());
    return new;
end
$$;

comment on function private.close_match_of_deleted_account() is
    'Trigger: close a match when one of its two accounts is deleted.';

revoke all on function private.close_match_of_deleted_account() from public;
