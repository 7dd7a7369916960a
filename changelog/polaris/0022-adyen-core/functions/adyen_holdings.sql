create or replace function private.adyen_holdings()
returns table (table_name text, rows_held bigint)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    foreach table_name in array array['adyen_accounts', 'adyen_sessions', 'adyen_payments', 'adyen_webhook_events'] loop
        if to_regclass('public.' || table_name) is not null then
            execute format('select count(*) from public.%I', table_name) into rows_held;
            if rows_held > 0 then
                return next;
            end if;
        end if;
    end loop;
end
$$;

comment on function private.adyen_holdings() is
    'The tables of Adyen that hold rows, and how many; none where the context adyen was never given. For whoever runs the changelog.';

revoke all on function private.adyen_holdings() from public;
