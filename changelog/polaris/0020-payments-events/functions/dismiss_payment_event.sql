create or replace function private.dismiss_payment_event(p_event uuid, p_reason text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may dismiss payment events'
            using errcode = 'insufficient_privilege';
    end if;
    if coalesce(btrim(p_reason), '') = '' then
        raise exception 'p_reason is required'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.payment_events as e
    set status = 'ignored',
        outcome = 'dismissed: ' || left(p_reason, 900),
        processed_at = now()
    where e.id = p_event
        and e.status = 'failed';
    if not found then
        raise exception 'payment event % does not exist or is not failed', p_event
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.dismiss_payment_event(uuid, text) is
    'Mark a failed payment event as ignored, so that it is not retried, for example because a corrected event was recorded. For admins and the service.';

revoke all on function private.dismiss_payment_event(uuid, text) from public;
grant execute on function private.dismiss_payment_event(uuid, text) to authenticated, service_role;

create or replace function public.dismiss_payment_event(p_event uuid, p_reason text)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.dismiss_payment_event(p_event, p_reason);

comment on function public.dismiss_payment_event(uuid, text) is
    'Mark a failed payment event as ignored, so that it is not retried. For admins and the service; the user may read the reason.';

revoke all on function public.dismiss_payment_event(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.dismiss_payment_event(uuid, text) to authenticated, service_role;
