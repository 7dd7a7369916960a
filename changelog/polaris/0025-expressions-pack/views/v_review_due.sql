create or replace view public.v_review_due
with (security_invoker = true)
as
    select r.user_id, r.item_id, r.step, r.due_on, r.reviews, r.lapses,
        coalesce(i.kind, e.kind) as kind,
        coalesce(i.original_text, e.original_text) as original_text,
        coalesce(i.revised_text, e.revised_text) as revised_text,
        coalesce(i.notes, e.notes) as notes,
        coalesce(i.phonetics, e.phonetics) as phonetics
    from public.expression_reviews as r
    left join lateral (
        -- By primary key only: a condition on the owner would read all items of the user for each due expression.
        select o.user_id, o.kind, o.original_text, o.revised_text, o.notes, o.phonetics
        from public.practice_pack_items as o
        where o.id = r.item_id
        limit 1
    ) as i
        on i.user_id = r.user_id
    left join lateral (
        select x.item_id, x.kind, x.original_text, x.revised_text, x.notes, x.phonetics
        from public.exemplar_pack_items as x
        where x.item_id = r.item_id
        limit 1
    ) as e
        on true
    where r.due_on <= (now() at time zone 'Asia/Manila')::date
        and not r.is_suspended
        and (i.user_id is not null or e.item_id is not null);

comment on view public.v_review_due is 'Expressions due for review today in Manila: the user''s own, and those of others that are still published. Users see their own rows, admins all.';

revoke all on table public.v_review_due from public, anon, authenticated, service_role;
grant select on table public.v_review_due to authenticated, service_role;
