create or replace function private.run_job_reconciliation()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    yesterday constant date := (now() at time zone 'Asia/Manila')::date - 1;
    -- What is cut off by a timeout is undone, and would be tried for ever: stop at half of it, and after a minute.
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
        -- What is begun is ended first; then the days since come at once.
        and not exists (
            select
            from public.recon_jobs as j
            where j.job_type = 'entitlements_audit'
                and j.status in ('queued', 'partial')
                and j.params ->> 'daily' = 'true'
        )
    then
        -- Two days more than need be, for what was committed late; a month at most.
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
        -- However much else is queued, and since when.
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
    'Queues the audit of yesterday and the days since the last that went well, and runs what is queued: up to 100,000 rows a job, for half of statement_timeout and a minute at most; more where some is left. Called by definers only; nobody else may execute it.';

revoke all on function private.run_job_reconciliation() from public;
