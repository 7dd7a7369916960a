create or replace function private.count_assignment_attempts()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    of_assignment uuid := case when tg_op = 'DELETE' then old.assignment_id else new.assignment_id end;
begin
    -- Lock first, so that the next statement sees every attempt committed before.
    perform
    from public.assignments as a
    where a.id = of_assignment
    for no key update;
    update public.assignments as a
    set attempts_count = t.attempts_count,
        last_score = t.last_score,
        best_score = t.best_score
    from (
        select
            count(*)::integer as attempts_count,
            (array_agg(t.score order by t.submitted_at desc, t.created_at desc, t.id) filter (where t.score is not null))[1] as last_score,
            max(t.score) as best_score
        from public.assignment_attempts as t
        where t.assignment_id = of_assignment
    ) as t
    where a.id = of_assignment
        and (a.attempts_count, a.last_score, a.best_score) is distinct from (t.attempts_count, t.last_score, t.best_score);
    return null;
end
$$;

comment on function private.count_assignment_attempts() is 'Trigger: update attempts_count, last_score and best_score of an assignment.';

revoke all on function private.count_assignment_attempts() from public;
