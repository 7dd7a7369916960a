create or replace function private.set_price_retired_at()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    new.retired_at := case
        when new.is_active then null
        when tg_op = 'INSERT' or old.is_active then now()
        else old.retired_at
    end;
    return new;
end
$$;

comment on function private.set_price_retired_at() is
    'Trigger: set retired_at of a price when is_active becomes false, and clear it when the price is sold again.';

revoke all on function private.set_price_retired_at() from public;
