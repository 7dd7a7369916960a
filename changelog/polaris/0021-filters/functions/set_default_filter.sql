create or replace function public.set_default_filter(p_filter uuid)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform
    from public.saved_filters as f
    where f.user_id = (select auth.uid())
    order by f.id
    for update;
    if p_filter is not null and not exists (
        select
        from public.saved_filters as f
        where f.id = p_filter
            and f.user_id = (select auth.uid())
    ) then
        raise exception 'filter % does not exist or does not belong to the caller', p_filter
            using errcode = 'no_data_found';
    end if;
    update public.saved_filters as f
    set is_default = false
    where f.user_id = (select auth.uid())
        and f.is_default
        and f.id is distinct from p_filter;
    update public.saved_filters as f
    set is_default = true
    where f.id = p_filter
        and not f.is_default;
end
$$;

comment on function public.set_default_filter(uuid) is
    'Make one of the caller''s filters the default instead of the previous one; null for no default.';

revoke all on function public.set_default_filter(uuid) from public, anon, authenticated, service_role;
grant execute on function public.set_default_filter(uuid) to authenticated;
