create or replace function private.mark_admin_message(p_delivery_id uuid, p_clicked boolean)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.admin_message_deliveries as d
    set read_at = coalesce(d.read_at, now()),
        clicked_at = case when p_clicked then coalesce(d.clicked_at, now()) else d.clicked_at end
    where d.id = p_delivery_id
        and d.sent_at is not null
        and (d.user_id = (select auth.uid()) or private.is_service());
    if not found then
        raise exception 'no delivery %', p_delivery_id
            using errcode = 'no_data_found';
    end if;
end
$$;

comment on function private.mark_admin_message(uuid, boolean) is
    'Mark a delivery to the caller as read, and as clicked if p_clicked; the first time is kept. The service may mark any delivery.';

revoke all on function private.mark_admin_message(uuid, boolean) from public;
grant execute on function private.mark_admin_message(uuid, boolean) to authenticated, service_role;

create or replace function public.mark_admin_message(p_delivery_id uuid, p_clicked boolean default false)
returns void
language sql
volatile
security invoker
set search_path = ''
return private.mark_admin_message(p_delivery_id, p_clicked);

comment on function public.mark_admin_message(uuid, boolean) is
    'Mark a delivery to the caller as read, and as clicked if p_clicked; the first time is kept. For users and the service.';

revoke all on function public.mark_admin_message(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.mark_admin_message(uuid, boolean) to authenticated, service_role;
