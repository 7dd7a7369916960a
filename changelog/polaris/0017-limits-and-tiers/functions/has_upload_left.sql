create or replace function private.has_upload_left()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select private.compute_effective_limit((select auth.uid()), 'uploads_mb_daily') * 1048576 > (
            -- At least 16 KiB a file, so that the number of files is limited too.
            select coalesce(sum(greatest((o.metadata ->> 'size')::bigint, 16384)), 0)
            from storage.objects as o
            where o.bucket_id = 'user-media'
                and o.name ~>=~ ((select auth.uid())::text || '/')
                and o.name ~<~ ((select auth.uid())::text || '0')
                and greatest(o.created_at, o.updated_at) >= date_trunc('day', now(), 'Asia/Manila')
        )
    );
end
$$;

comment on function private.has_upload_left() is
    'Whether the files that the caller uploaded or replaced on this day in Manila, and kept, are smaller than the limit uploads_mb_daily; each counts at least 16 KiB.';

revoke all on function private.has_upload_left() from public;
grant execute on function private.has_upload_left() to authenticated;
