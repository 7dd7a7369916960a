create or replace function private.is_livemode()
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
    select not exists (
        select
        from public.settings as s
        where s.key = 'payments_livemode'
            and s.value = 'false'
    )
$$;

comment on function private.is_livemode() is
    'Whether real payments are booked instead of test payments: true unless the setting payments_livemode is false. Internal: no API role may execute it.';

revoke all on function private.is_livemode() from public;
