create or replace function private.find_profiles(p_email text)
returns setof public.profiles
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may look up users by e-mail address'
            using errcode = 'insufficient_privilege';
    end if;
    -- Under a policy, PostgreSQL does not use the index on lower(email), because lower() is not leakproof.
    return query
        select p.*
        from public.profiles as p
        where lower(p.email) = lower(p_email);
end
$$;

comment on function private.find_profiles(text) is 'Return the profiles with this e-mail address, ignoring case. For admins and the service.';

revoke all on function private.find_profiles(text) from public;
grant execute on function private.find_profiles(text) to authenticated, service_role;

create or replace function public.find_profiles(p_email text)
returns setof public.profiles
language sql
stable
security invoker
set search_path = ''
return private.find_profiles(p_email);

comment on function public.find_profiles(text) is 'Return the profiles with this e-mail address, ignoring case. For admins and the service.';

revoke all on function public.find_profiles(text) from public, anon, authenticated, service_role;
grant execute on function public.find_profiles(text) to authenticated, service_role;
