create or replace function public.get_affiliate_link(p_code text)
returns public.affiliate_links
language sql
stable
security invoker
set search_path = ''
return (
    select l
    from public.affiliate_links as l
    join public.affiliates as a on a.id = l.affiliate_id
    where l.code = lower(p_code)
        and a.status = 'active'
);

comment on function public.get_affiliate_link(text) is
    'Link of an active affiliate by its code, in any letter case; null if absent or the affiliate is not active. For the service.';

revoke all on function public.get_affiliate_link(text) from public, anon, authenticated, service_role;
grant execute on function public.get_affiliate_link(text) to service_role;
