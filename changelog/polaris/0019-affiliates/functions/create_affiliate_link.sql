create or replace function private.create_affiliate_link(p_affiliate uuid, p_code text, p_landing_path text, p_utm_defaults jsonb)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    affiliate public.affiliates;
    made text;
begin
    select *
    into affiliate
    from public.affiliates as a
    where a.id = p_affiliate
        and (a.user_id = (select auth.uid()) or private.is_staff())
    for no key update;
    if not found then
        raise exception 'affiliate % does not exist or does not belong to the caller', p_affiliate
            using errcode = 'no_data_found';
    end if;
    if affiliate.status <> 'active' then
        raise exception 'an affiliate with status % cannot create links', affiliate.status
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    if (select count(*) from public.affiliate_links as l where l.affiliate_id = p_affiliate) >= 100 then
        raise exception 'an affiliate can have at most 100 links'
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    insert into public.affiliate_links (affiliate_id, affiliate_user_id, code, landing_path, utm_defaults)
    values (
        p_affiliate, affiliate.user_id, coalesce(lower(p_code), substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)),
        coalesce(p_landing_path, '/'), coalesce(p_utm_defaults, '{}')
    )
    on conflict (code) do nothing
    returning code into made;
    if made is null then
        raise exception 'code % is already taken', p_code
            using
                errcode = 'unique_violation',
                hint = 'Choose another code, or pass null for a random one.';
    end if;
    return made;
end
$$;

comment on function private.create_affiliate_link(uuid, text, text, jsonb) is 'Create a link for an active affiliate and return its code. For the affiliate, admins and the service.';

revoke all on function private.create_affiliate_link(uuid, text, text, jsonb) from public;
grant execute on function private.create_affiliate_link(uuid, text, text, jsonb) to authenticated, service_role;

create or replace function public.create_affiliate_link(p_affiliate uuid, p_code text default null, p_landing_path text default '/', p_utm_defaults jsonb default '{}')
returns text
language sql
volatile
security invoker
set search_path = ''
return private.create_affiliate_link(p_affiliate, p_code, p_landing_path, p_utm_defaults);

comment on function public.create_affiliate_link(uuid, text, text, jsonb) is
    'Create a link for an active affiliate with p_code, or with a random code if that is null; return the code. For the affiliate, admins and the service.';

revoke all on function public.create_affiliate_link(uuid, text, text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.create_affiliate_link(uuid, text, text, jsonb) to authenticated, service_role;
