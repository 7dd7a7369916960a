create or replace function private.stop_marketing()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.admin_message_deliveries as d
    set failed_at = now(),
        claimed_by = null,
        last_error = 'opted out'
    from public.admin_messages as msg
    where d.user_id = new.id
        and d.sent_at is null
        and d.failed_at is null
        and msg.id = d.message_id
        and msg.is_marketing;
    return null;
end
$$;

comment on function private.stop_marketing() is 'Trigger: give up unsent marketing deliveries to a user who opts out.';

revoke all on function private.stop_marketing() from public;
