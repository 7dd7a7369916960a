create or replace function private.consent_to_connect(p_version text)
returns timestamptz
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    consented timestamptz;
begin
    insert into public.connect_profiles as p (user_id, consent_version, consented_at)
    values (auth.uid(), p_version, now())
    on conflict (user_id) do update
    set consent_version = excluded.consent_version,
        consented_at = case
            when p.consent_version = excluded.consent_version then coalesce(p.consented_at, excluded.consented_at)
            else excluded.consented_at
        end
    returning p.consented_at into consented;
    return consented;
end
$$;

comment on function private.consent_to_connect(text) is
    'Security definer implementation of public.consent_to_connect; acts only for the caller.';

create or replace function public.consent_to_connect(p_version text)
returns timestamptz
language sql
volatile
security invoker
set search_path = ''
return private.consent_to_connect(p_version);

comment on function public.consent_to_connect(text) is
    'Record the caller''s consent to version p_version of the terms and create the connect profile if absent; for users. Returns the time of consent, unchanged when repeated for the same version.';

revoke all on function private.consent_to_connect(text), public.consent_to_connect(text)
    from public, anon, authenticated, service_role;
