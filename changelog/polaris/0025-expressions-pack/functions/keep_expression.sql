create or replace function private.keep_expression(p_item uuid)
returns public.expression_reviews
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    review public.expression_reviews;
begin
    -- The same error for a missing expression and one of another user, so that ids cannot be probed.
    if p_item is null or not private.can_learn_item(p_item) then
        raise exception 'expression % does not exist or is not available to the caller', p_item
            using errcode = 'no_data_found';
    end if;
    insert into public.expression_reviews (user_id, item_id, due_on)
    values ((select auth.uid()), p_item, (now() at time zone 'Asia/Manila')::date + private.get_review_interval(1))
    on conflict (user_id, item_id) do nothing
    returning * into review;
    if review.item_id is not null then
        perform private.add_usage(review.user_id, now(), 0, 0, 1);
        perform private.log_event('expression_kept', review.user_id, jsonb_build_object('item_id', p_item));
        return review;
    end if;
    select *
    into review
    from public.expression_reviews as r
    where r.user_id = (select auth.uid())
        and r.item_id = p_item
    for update;
    if review.is_suspended or review.learned_at is not null then
        update public.expression_reviews as r
        set is_suspended = false,
            step = case when review.learned_at is not null then 1 else r.step end,
            due_on = case when review.learned_at is not null then (now() at time zone 'Asia/Manila')::date + private.get_review_interval(1) else r.due_on end,
            learned_at = null
        where r.user_id = review.user_id
            and r.item_id = review.item_id
        returning * into review;
    end if;
    return review;
end
$$;

comment on function private.keep_expression(uuid) is
    'Add an expression to the caller''s reviews, due tomorrow in Manila, and count it in daily usage. A repeated call changes nothing, except that it resumes a suspended expression and restarts a learned one.';

revoke all on function private.keep_expression(uuid) from public;
grant execute on function private.keep_expression(uuid) to authenticated;

create or replace function public.keep_expression(p_item uuid)
returns public.expression_reviews
language sql
volatile
security invoker
set search_path = ''
return private.keep_expression(p_item);

comment on function public.keep_expression(uuid) is 'Add an expression, the caller''s own or a published one, to the caller''s reviews.';

revoke all on function public.keep_expression(uuid) from public, anon, authenticated, service_role;
grant execute on function public.keep_expression(uuid) to authenticated;
