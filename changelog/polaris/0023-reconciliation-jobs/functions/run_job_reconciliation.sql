create or replace function private.run_job_reconciliation()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    yesterday constant date := (now() at time zone 'Asia/Manila')::date - 1;
    -- A timeout would roll back the work and repeat it forever, so stop after half of statement_timeout, and after a minute at most.
    stop_at constant timestamptz := statement_timestamp()
        + least(nullif(current_setting('statement_timeout')::interval, '0'::interval) / 2, '1 minute'::interval);
    done_to date;
    job record;
    run uuid;
    did jsonb;
    total jsonb;
    starts timestamptz;
    ends timestamptz;
    jobs integer := 0;
    more boolean := false;
begin
    select max(j.date_to)
    into done_to
    from public.recon_jobs as j
    where j.job_type = 'entitlements_audit'
        and j.status = 'succeeded'
        and j.params ->> 'daily' = 'true'
        and j.date_to <= yesterday;
    if (done_to is null or done_to < yesterday)
        -- An unfinished daily audit is finished first; the next one then covers all days since.
        and not exists (
            select
            from public.recon_jobs as j
            where j.job_type = 'entitlements_audit'
                and j.status in ('queued', 'partial')
                and j.params ->> 'daily' = 'true'
        )
    then
        -- Audit the last two days again, because transactions may commit late; go back at most a month.
        perform private.recon_enqueue_daily(
            'entitlements_audit', greatest(least(coalesce(done_to + 1, yesterday - 31), yesterday - 2), yesterday - 31), yesterday,
            '{"daily": "true"}', now());
    end if;

    for job in
        select j.id, j.date_from, j.date_to
        from public.recon_jobs as j
        where j.job_type = 'entitlements_audit'
            and j.status in ('queued', 'partial')
            and j.scheduled_for <= now()
        -- Daily audits first, however many other jobs are queued and for how long.
        order by coalesce(j.params ->> 'daily' = 'true', false) desc, j.scheduled_for
        limit 10
        for update skip locked
    loop
        if clock_timestamp() > stop_at then
            more := true;
            exit;
        end if;
        run := private.recon_run_start(job.id);
        continue when run is null;
        jobs := jobs + 1;
        begin
            ends := (job.date_to + 1)::timestamp at time zone 'Asia/Manila';
            select coalesce(max((r.stats ->> 'until')::timestamptz), job.date_from::timestamp at time zone 'Asia/Manila')
            into starts
            from public.recon_runs as r
            where r.job_id = job.id
                and r.status = 'partial';
            total := '{"looked": 0, "opened": 0, "seen": 0, "closed": 0}';
            for batch in 1 .. 20 loop
                did := private.audit_entitlements(run, starts, ends, 5000);
                total := (
                    select jsonb_object_agg(t.key, (t.value::text)::bigint + (did ->> t.key)::bigint)
                    from jsonb_each(total) as t
                );
                starts := (did ->> 'until')::timestamptz;
                exit when not (did ->> 'more')::boolean or clock_timestamp() > stop_at;
            end loop;
            more := more or (did ->> 'more')::boolean;
            perform private.recon_run_finish(
                run, case when (did ->> 'more')::boolean then 'partial' else 'succeeded' end, total || jsonb_build_object('until', starts), null);
        exception
            when others then
                perform private.recon_run_finish(run, 'failed', '{}', sqlstate || ': ' || sqlerrm);
                raise warning 'reconciliation % failed: %', job.id, sqlerrm;
        end;
    end loop;
    return jsonb_build_object('jobs', jobs, 'more', more, 'open', (select count(*) from public.recon_findings as f where f.resolved_at is null));
end
$$;

comment on function private.run_job_reconciliation() is
    'Queue the audit of all days since the last successful daily audit, and run queued audits for at most a minute or half of statement_timeout, up to 100,000 rows a job; return whether more is left. Internal: no API role may execute it.';

revoke all on function private.run_job_reconciliation() from public;
