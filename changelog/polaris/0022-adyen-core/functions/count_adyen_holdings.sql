create or replace function private.count_adyen_holdings()
returns table (table_name text, rows_held bigint)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    for table_name in
        select s.name || '.' || t.name
        from unnest(array['public', 'archive']) as s (name)
        cross join unnest(array['adyen_accounts', 'adyen_sessions', 'adyen_payments', 'adyen_webhook_events']) with ordinality as t (name, place)
        where to_regclass(s.name || '.' || t.name) is not null
        order by t.place
    loop
        execute 'select count(*) from ' || table_name
        into rows_held;
        if rows_held > 0 then
            return next;
        end if;
    end loop;
end
$$;

comment on function private.count_adyen_holdings() is
    'Adyen tables in schema public or archive that hold rows, with their number of rows; no result if Adyen holds no data. For operators.';

revoke all on function private.count_adyen_holdings() from public;
