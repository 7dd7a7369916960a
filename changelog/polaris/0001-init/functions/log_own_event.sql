create or replace function private.log_own_event(p_name text, p_metadata jsonb)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if private.get_account() is null or p_name ~ '^((payment|plan|entitlement|admin|role|tier|assignment|ticket|diagnostic)_|(practice_(started|submitted|completed)|coach_(selected|switched)|expression_kept)$)' then
        raise exception 'the caller may not log event %', p_name
            using
                errcode = 'insufficient_privilege',
                hint = 'Sign in. The service logs events of payments, plans and roles; functions log their own events.';
    end if;
    perform private.spend_budget('events', 1);
    return private.log_event(p_name, private.get_account(), p_metadata);
end
$$;

comment on function private.log_own_event(text, jsonb) is
    'Log an event for the caller within the hourly budget; rejects names that are reserved for functions and the service.';

revoke all on function private.log_own_event(text, jsonb) from public;
grant execute on function private.log_own_event(text, jsonb) to authenticated;

create or replace function public.log_event(p_name text, p_metadata jsonb default '{}')
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.log_own_event(p_name, p_metadata);

comment on function public.log_event(text, jsonb) is
    'Log an event for the caller and return its id. For users; names reserved for functions and the service are rejected.';

revoke all on function public.log_event(text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.log_event(text, jsonb) to authenticated;
