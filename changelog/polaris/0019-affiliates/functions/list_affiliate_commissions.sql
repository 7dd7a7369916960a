create or replace function private.list_affiliate_commissions(p_before timestamptz, p_before_id uuid, p_limit integer)
returns setof public.v_affiliate_commissions_admin
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may list the commissions of all affiliates'
            using errcode = 'insufficient_privilege';
    end if;
    return query
        select c.*
        from public.v_affiliate_commissions_admin as c
        where (c.created_at at time zone 'UTC', c.id) < (coalesce(p_before, 'infinity') at time zone 'UTC', coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        order by c.created_at at time zone 'UTC' desc, c.id desc
        limit least(p_limit, 1000);
end
$$;

comment on function private.list_affiliate_commissions(timestamptz, uuid, integer) is
    'Return the newest commissions of all affiliates as in v_affiliate_commissions_admin, at most 1,000. For the next page, p_before and p_before_id are created_at and id of the last row of this page. For admins and the service.';

revoke all on function private.list_affiliate_commissions(timestamptz, uuid, integer) from public;
grant execute on function private.list_affiliate_commissions(timestamptz, uuid, integer) to authenticated, service_role;

create or replace function public.list_affiliate_commissions(p_before timestamptz default null, p_before_id uuid default null, p_limit integer default 50)
returns setof public.v_affiliate_commissions_admin
language sql
stable
security invoker
set search_path = ''
return private.list_affiliate_commissions(p_before, p_before_id, p_limit);

comment on function public.list_affiliate_commissions(timestamptz, uuid, integer) is
    'Return the newest commissions of all affiliates as in v_affiliate_commissions_admin, at most 1,000. For the next page, pass created_at and id of the last row. For admins and the service.';

revoke all on function public.list_affiliate_commissions(timestamptz, uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.list_affiliate_commissions(timestamptz, uuid, integer) to authenticated, service_role;
