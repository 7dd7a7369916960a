create or replace function private.erase_message_audience()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Replace the id instead of removing it, because an empty list would address every user.
    update public.admin_messages as msg
    set audience_filter = replace(msg.audience_filter::text, old.id::text, '00000000-0000-0000-0000-000000000000')::jsonb
    where msg.audience_filter -> 'user_ids' ? old.id::text;
    return null;
end
$$;

comment on function private.erase_message_audience() is
    'Trigger: replace a deleted account in the audiences of messages by the zero UUID, which matches nobody.';

revoke all on function private.erase_message_audience() from public;
