create or replace function private.list_assignments(p_before timestamptz, p_before_id uuid, p_limit integer)
returns setof public.v_assignment_latest
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may list the assignments of all learners'
            using errcode = 'insufficient_privilege';
    end if;
    return query
        select a.*
        from public.v_assignment_latest as a
        where (a.created_at at time zone 'UTC', a.id) < (coalesce(p_before, 'infinity') at time zone 'UTC', coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        order by a.created_at at time zone 'UTC' desc, a.id desc
        limit least(p_limit, 1000);
end
$$;

comment on function private.list_assignments(timestamptz, uuid, integer) is
    'Return the newest assignments of all learners as in v_assignment_latest, at most 1,000. For the next page, p_before and p_before_id are created_at and id of the last row of this page. For admins and the service.';

revoke all on function private.list_assignments(timestamptz, uuid, integer) from public;
grant execute on function private.list_assignments(timestamptz, uuid, integer) to authenticated, service_role;

create or replace function public.list_assignments(p_before timestamptz default null, p_before_id uuid default null, p_limit integer default 50)
returns setof public.v_assignment_latest
language sql
stable
security invoker
set search_path = ''
return private.list_assignments(p_before, p_before_id, p_limit);

comment on function public.list_assignments(timestamptz, uuid, integer) is
    'Return the newest assignments of all learners as in v_assignment_latest, at most 1,000. For the next page, pass created_at and id of the last row. For admins and the service.';

revoke all on function public.list_assignments(timestamptz, uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.list_assignments(timestamptz, uuid, integer) to authenticated, service_role;
