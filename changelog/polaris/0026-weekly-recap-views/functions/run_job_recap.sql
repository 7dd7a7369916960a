create or replace function private.run_job_recap()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    running date := public.manila_week_start(now());
    week date;
    batch integer := 0;
    people integer := 0;
begin
    foreach week in array array[running - 7, running]
    loop
        -- The job runs several times an hour, for users that one run leaves; a week that is complete is skipped.
        continue when exists (
            select
            from private.weekly_recap_runs as r
            where r.week_start = week
                and r.finished_at > now() - interval '12 hours'
        );
        loop
            exit when people >= 20000;
            batch := private.make_weekly_recaps(week, 1000);
            people := people + batch;
            exit when batch < 1000;
        end loop;
        exit when people >= 20000;
    end loop;
    return jsonb_build_object('week_start', running, 'people', people, 'more', people >= 20000);
end
$$;

comment on function private.run_job_recap() is
    'Store the recaps of the previous and the current week for up to 20,000 users; return whether more may be left. The function of the job recap. Internal: no API role may execute it.';

revoke all on function private.run_job_recap() from public;
