create or replace function private.run_job_purge_realtime_tokens()
returns jsonb
language sql
volatile
security definer
set search_path = ''
as $$
    with over as (
        select t.id
        from public.realtime_tokens as t
        where t.expires_at at time zone 'UTC' < (now() - interval '1 day') at time zone 'UTC'
        order by t.expires_at at time zone 'UTC'
        limit 50000
        for update skip locked
    ),
    purged as (
        delete from public.realtime_tokens as t
        using over
        where t.id = over.id
        returning t.id
    )
    select jsonb_build_object('purged', count(*), 'more', count(*) = 50000)
    from purged
$$;

comment on function private.run_job_purge_realtime_tokens() is
    'Delete up to 50,000 tokens that expired more than a day ago; return how many, and whether more may be left. Internal: no API role may execute it.';

revoke all on function private.run_job_purge_realtime_tokens() from public;
