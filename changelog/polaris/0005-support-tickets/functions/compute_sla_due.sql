create or replace function private.compute_sla_due(p_priority text, p_created timestamptz)
returns timestamptz
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select p_created + make_interval(secs => 3600 * case
            when jsonb_typeof(s.value -> p_priority) = 'number' then least(720, greatest(0.25, (s.value ->> p_priority)::numeric))::double precision
            else usual.hours
        end)
        from (values ('urgent', 4), ('high', 8), ('normal', 24), ('low', 72)) as usual (priority, hours)
        left join public.settings as s on s.key = 'support_sla_hours'
        where usual.priority = p_priority
    );
end
$$;

comment on function private.compute_sla_due(text, timestamptz) is
    'Due time of a support answer: p_created plus 4, 8, 24 or 72 hours for urgent, high, normal or low, or the hours in the setting support_sla_hours, limited to 0.25 to 720. Null if p_created is null.';

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
    'Due time of an answer to a ticket of this priority, counted from p_created; null for an unknown priority. For users and the service.';

revoke all on function public.compute_sla_due(text, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.compute_sla_due(text, timestamptz) to authenticated, service_role;
