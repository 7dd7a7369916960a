create or replace function private.clean_expired_exports(p_exports integer)
returns uuid[]
language sql
volatile
security definer
set search_path = ''
as $$
    with expired as (
        select e.id
        from public.export_history as e
        where e.status = 'completed'
            and e.expires_at <= now()
            and e.file_url is not null
        order by e.expires_at
        limit p_exports
        for update skip locked
    ),
    cleaned as (
        update public.export_history as e
        set file_url = null,
            data = coalesce(e.data, '{}'::jsonb) || jsonb_build_object('expired_at', now())
        from expired
        where e.id = expired.id
        returning e.id
    )
    select coalesce(array_agg(c.id), '{}')
    from cleaned as c
$$;

comment on function private.clean_expired_exports(integer) is
    'Clear file_url of up to p_exports expired exports, record expired_at in data, and return their ids; their files can then be deleted.';

revoke all on function private.clean_expired_exports(integer) from public;
