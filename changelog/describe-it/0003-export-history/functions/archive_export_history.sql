create or replace function private.archive_export_history(p_before timestamptz, p_exports integer)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
    with old as (
        select e.id
        from public.export_history as e
        where e.created_at < p_before
            and e.status in ('completed', 'failed')
            and e.file_url is null
        order by e.created_at
        limit p_exports
        for update skip locked
    ),
    moved as (
        delete from public.export_history as e
        using old
        where e.id = old.id
        returning e.*
    ),
    archived as (
        insert into private.export_history_archive (id, user_id, created_at, entry)
        select m.id, m.user_id, m.created_at, to_jsonb(m)
        from moved as m
        returning id
    )
    select count(*) from archived
$$;

comment on function private.archive_export_history(timestamptz, integer) is
    'Move up to p_exports completed or failed exports older than p_before and without a file to the archive; returns the number. Commit after each call.';

revoke all on function private.archive_export_history(timestamptz, integer) from public;
