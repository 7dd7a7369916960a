create or replace function private.record_affiliate_click(p_code text, p_ip_hash text, p_user_agent text, p_country_code text, p_utm jsonb)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    link public.affiliate_links;
    click uuid;
begin
    if not private.is_service() then
        raise exception 'only the service may record clicks'
            using errcode = 'insufficient_privilege';
    end if;
    if p_ip_hash !~ '^[0-9a-f]{64}$' then
        raise exception 'p_ip_hash must be null or a SHA-256 hash in lower-case hex'
            using errcode = 'invalid_parameter_value';
    end if;
    link := public.get_affiliate_link(p_code);
    if link.id is null then
        return null;
    end if;
    -- Other invalid or long values are dropped or cut, so that the click is counted anyway.
    insert into public.affiliate_clicks (affiliate_id, affiliate_user_id, link_id, ip_hash, user_agent, country_code, utm)
    select
        a.id, a.user_id, link.id, p_ip_hash, left(p_user_agent, 300), case when p_country_code ~ '^[A-Z]{2}$' then p_country_code end,
        case when jsonb_typeof(p_utm) = 'object' and octet_length(p_utm::text) <= 4000 then p_utm else link.utm_defaults end
    from (
        -- Waits for a concurrent deletion of the affiliate's account.
        select a.id, a.user_id
        from public.affiliates as a
        where a.id = link.affiliate_id
        for key share
    ) as a
    returning id into click;
    return click;
end
$$;

comment on function private.record_affiliate_click(text, text, text, text, jsonb) is
    'Record a click on a link and return its id; null if no active affiliate has the code. For the service.';

revoke all on function private.record_affiliate_click(text, text, text, text, jsonb) from public;
grant execute on function private.record_affiliate_click(text, text, text, text, jsonb) to service_role;

create or replace function public.record_affiliate_click(p_code text, p_ip_hash text default null, p_user_agent text default null, p_country_code text default null, p_utm jsonb default null)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.record_affiliate_click(p_code, p_ip_hash, p_user_agent, p_country_code, p_utm);

comment on function public.record_affiliate_click(text, text, text, text, jsonb) is
    'Record a click on a link and return its id for the visitor''s cookie; null if no active affiliate has the code. For the service.';

revoke all on function public.record_affiliate_click(text, text, text, text, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.record_affiliate_click(text, text, text, text, jsonb) to service_role;
