create or replace function private.expire_assignments(p_limit integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    expired integer;
begin
    if not private.is_service() then
        raise exception 'only the service may expire assignments'
            using errcode = 'insufficient_privilege';
    end if;
    if p_limit is null or p_limit not between 1 and 10000 then
        raise exception 'a batch must have 1 to 10000 assignments'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.assignments as a
    set state = 'expired'
    where a.id = any (array(
        select o.id
        from public.assignments as o
        where o.due_at <= now()
            and o.state in ('assigned', 'in_progress')
        order by o.due_at
        limit p_limit
        for no key update skip locked
    ));
    get diagnostics expired = row_count;
    return expired;
end
$$;

comment on function private.expire_assignments(integer) is
    'Expire up to p_limit open assignments past their due_at and return the number; 0 when none is left. For the service.';

revoke all on function private.expire_assignments(integer) from public;
grant execute on function private.expire_assignments(integer) to service_role;

create or replace function public.expire_assignments(p_limit integer default 1000)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.expire_assignments(p_limit);

comment on function public.expire_assignments(integer) is
    'Expire up to p_limit open assignments past their due_at and return the number; 0 when none is left. For the service.';

revoke all on function public.expire_assignments(integer) from public, anon, authenticated, service_role;
grant execute on function public.expire_assignments(integer) to service_role;
