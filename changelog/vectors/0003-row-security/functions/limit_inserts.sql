create or replace function private.limit_inserts()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    person uuid := (select auth.uid());
    this_hour timestamptz := date_trunc('hour', now(), 'UTC');
    amount bigint := (select count(*) from added);
    spent bigint;
begin
    -- The service inserts without a user.
    if person is null or amount = 0 then
        return null;
    end if;
    insert into private.hourly_usage as u (user_id, kind, hour, used)
    values (person, tg_table_name, this_hour, amount)
    on conflict (user_id, kind) do update
    set hour = excluded.hour,
        used = case u.hour when excluded.hour then u.used else 0 end + excluded.used
    returning used into spent;
    if spent > tg_argv[0]::bigint then
        raise exception 'a user may add at most % % per hour', tg_argv[0], replace(tg_table_name, '_', ' ')
            using
                errcode = 'PT429',
                hint = 'Try again after ' || to_char(this_hour + interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SSOF') || '.';
    end if;
    return null;
end
$$;

comment on function private.limit_inserts() is
    'Trigger: count the rows that a statement adds for its user, and raise an error (HTTP status 429) above the number per hour in the first argument of the trigger. The service is not limited.';

revoke all on function private.limit_inserts() from public;
