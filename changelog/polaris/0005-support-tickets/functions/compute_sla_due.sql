create or replace function private.compute_sla_due(p_priority text, p_created timestamptz)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
    select p_created + make_interval(secs => 3600 * case
        when jsonb_typeof(s.value -> p_priority) = 'number' then least(720, greatest(0.25, (s.value ->> p_priority)::numeric))::double precision
        else usual.hours
    end)
    from (values ('urgent', 4), ('high', 8), ('normal', 24), ('low', 72)) as usual (priority, hours)
    left join public.settings as s on s.key = 'support_sla_hours'
    where usual.priority = p_priority
$$;

comment on function private.compute_sla_due(text, timestamptz) is
    'When an answer is due: 4, 8, 24 or 72 hours on for urgent, high, normal or low, or what the setting support_sla_hours says, from a quarter of an hour to 30 days. Null without a time.';

revoke all on function private.compute_sla_due(text, timestamptz) from public;
grant execute on function private.compute_sla_due(text, timestamptz) to authenticated, service_role;

create or replace function public.compute_sla_due(p_priority text, p_created timestamptz)
returns timestamptz
language sql
stable
security invoker
set search_path = ''
return private.compute_sla_due(p_priority, p_created);

comment on function public.compute_sla_due(text, timestamptz) is
    'When an answer to a ticket of that priority is due, counted from p_created; null for an unknown priority.';

revoke all on function public.compute_sla_due(text, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.compute_sla_due(text, timestamptz) to authenticated, service_role;
