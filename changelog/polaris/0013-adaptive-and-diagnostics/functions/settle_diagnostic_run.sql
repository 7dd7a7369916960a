create or replace function private.settle_diagnostic_run(p_run_id uuid)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    run public.diagnostic_runs;
    coach text;
    measured record;
begin
    select *
    into run
    from public.diagnostic_runs as r
    where r.id = p_run_id
    for update;
    if run.state <> 'completed'
        or run.scored_at is not null
        or exists (select from public.diagnostic_run_items as i where i.run_id = run.id and i.status not in ('scored', 'skipped'))
    then
        return;
    end if;
    update public.diagnostic_runs as r
    set scored_at = now(),
        score_total = (
            select sum(coalesce(i.score, 0) * f.weight) / sum(f.weight)
            from public.diagnostic_run_items as i
            join public.diagnostic_form_items as f on f.id = i.form_item_id
            where i.run_id = run.id
        )
    where r.id = run.id;
    select f.coach_key
    into coach
    from public.diagnostic_forms as f
    where f.id = run.form_id;
    -- Process topics in one order, so that two runs of a user do not deadlock.
    for measured in
        select topic, sum(coalesce(i.score, 0) * f.weight) / sum(f.weight) / 100 as level
        from public.diagnostic_run_items as i
        join public.diagnostic_form_items as f on f.id = i.form_item_id
        join public.diagnostic_form_sections as s on s.id = i.section_id
        cross join lateral unnest(s.target_topics) as topic
        where i.run_id = run.id
        group by topic
        order by topic
    loop
        -- The test sets the level if there are no outcomes yet; otherwise it moves the level half-way.
        perform private.move_skill(run.user_id, coach, measured.topic, measured.level,
            case
                when exists (
                    select
                    from public.adaptive_user_skill as k
                    where k.user_id = run.user_id
                        and k.coach_key = coach
                        and k.topic = measured.topic
                        and k.exposures > 0
                )
                then 0.5
                else 1
            end,
            0.7);
    end loop;
end
$$;

comment on function private.settle_diagnostic_run(uuid) is
    'Write score_total of a completed run whose answers are all scored, and update the learner''s levels. Internal: no role may execute it directly.';

revoke all on function private.settle_diagnostic_run(uuid) from public;
