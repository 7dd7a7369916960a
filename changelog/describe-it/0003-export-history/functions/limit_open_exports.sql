create or replace function private.limit_open_exports()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- The service inserts without a user.
    if (select auth.uid()) is null then
        return new;
    end if;
    -- Concurrent requests of a user wait for each other, so that each counts the others.
    perform pg_advisory_xact_lock(hashtextextended('describe-it.open_exports.' || new.user_id, 0));
    if (select count(*) from public.export_history as e where e.user_id = new.user_id and e.status in ('pending', 'processing')) >= 20 then
        raise exception 'A user can have at most 20 open exports' using
            errcode = 'PT429',
            hint = 'Request another export when one of them is completed or has failed.';
    end if;
    return new;
end
$$;

comment on function private.limit_open_exports() is
    'Trigger: reject an export of a user who has 20 open ones (HTTP status 429), so that one user cannot keep the service from the exports of others.';

revoke all on function private.limit_open_exports() from public;
