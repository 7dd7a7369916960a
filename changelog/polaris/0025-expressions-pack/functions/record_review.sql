create or replace function private.record_review(p_item uuid, p_remembered boolean)
returns public.expression_reviews
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    today date := (now() at time zone 'Asia/Manila')::date;
    review public.expression_reviews;
    next_step integer;
begin
    if p_remembered is null then
        raise exception 'p_remembered must be true or false'
            using errcode = 'invalid_parameter_value';
    end if;
    select *
    into review
    from public.expression_reviews as r
    where r.user_id = (select auth.uid())
        and r.item_id = p_item
    for update;
    if review.item_id is null then
        raise exception 'expression % is not in the caller''s reviews', p_item
            using
                errcode = 'no_data_found',
                hint = 'Call keep_expression first.';
    end if;
    -- The second of two concurrent calls finds the expression no longer due.
    if review.is_suspended or review.due_on is null or review.due_on > today then
        return review;
    end if;
    next_step := case when not p_remembered then 1 else review.step + 1 end;
    update public.expression_reviews as r
    set step = least(next_step, 4),
        due_on = today + private.get_review_interval(next_step),
        reviews = r.reviews + 1,
        lapses = r.lapses + case when p_remembered then 0 else 1 end,
        last_reviewed_at = now(),
        learned_at = case when next_step > 4 then now() end
    where r.user_id = review.user_id
        and r.item_id = review.item_id
    returning * into review;
    return review;
end
$$;

comment on function private.record_review(uuid, boolean) is
    'Record a review of the caller: to the next step if remembered, else back to the first; learned after the last step. An expression that is not due or is suspended stays unchanged.';

revoke all on function private.record_review(uuid, boolean) from public;
grant execute on function private.record_review(uuid, boolean) to authenticated;

create or replace function public.record_review(p_item uuid, p_remembered boolean)
returns public.expression_reviews
language sql
volatile
security invoker
set search_path = ''
return private.record_review(p_item, p_remembered);

comment on function public.record_review(uuid, boolean) is
    'Record whether the caller remembered a due expression; one that is not due stays unchanged.';

revoke all on function public.record_review(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.record_review(uuid, boolean) to authenticated;
