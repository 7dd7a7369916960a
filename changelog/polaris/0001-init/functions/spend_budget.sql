create or replace function private.spend_budget(p_kind text, p_amount bigint)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    person uuid := (select auth.uid());
    this_hour timestamptz := date_trunc('hour', now(), 'UTC');
    allowed numeric;
    spent bigint;
begin
    -- Calls by the service have no user.
    if person is null or p_amount = 0 then
        return;
    end if;
    insert into private.hourly_usage as u (user_id, kind, hour, used)
    values (person, p_kind, this_hour, p_amount)
    on conflict (user_id, kind) do update
    set hour = excluded.hour,
        used = case u.hour when excluded.hour then u.used else 0 end + excluded.used
    returning used into spent;
    allowed := coalesce((select (s.value ->> p_kind)::numeric from public.settings as s where s.key = 'hourly_budgets'), 100);
    if spent > allowed and not private.is_admin() then
        raise exception 'a user may add at most % % per hour', allowed, replace(p_kind, '_', ' ')
            using
                errcode = 'PT429',
                hint = 'Try again after ' || to_char(this_hour + interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SSOF') || '.';
    end if;
end
$$;

comment on function private.spend_budget(text, bigint) is
    'Count rows that the caller adds, and raise an error (HTTP status 429) above the hourly budget in settings, or above 100 for a kind that is not listed. Admins and the service are not limited. Internal: no role may execute it directly.';

revoke all on function private.spend_budget(text, bigint) from public;
