create or replace function private.compute_average_accuracy(p_correct bigint, p_questions bigint)
returns numeric
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    return case when p_questions > 0 then least(round(100.0 * p_correct / p_questions, 2), 100) else 0 end;
end
$$;

comment on function private.compute_average_accuracy(bigint, bigint) is 'Percentage of correct answers, at most 100; 0 without questions.';

revoke all on function private.compute_average_accuracy(bigint, bigint) from public;
