create or replace function private.erase_tickets()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    tickets uuid[] := array(
        select t.id
        from public.tickets as t
        where t.user_id = old.id
            or t.user_id is null and lower(t.reporter_email) = lower(old.email)
    );
begin
    delete from public.ticket_messages as m
    where m.ticket_id = any (tickets);
    update public.tickets as t
    set subject = 'Erased',
        reporter_email = null,
        reporter_name = null,
        meta = '{}',
        state = case t.state when 'archived' then 'archived' else 'closed' end
    where t.id = any (tickets);
    return old;
end
$$;

comment on function private.erase_tickets() is
    'Trigger: close the tickets of a deleted account, and those without an owner from its e-mail address, and erase what they say.';

revoke all on function private.erase_tickets() from public;
