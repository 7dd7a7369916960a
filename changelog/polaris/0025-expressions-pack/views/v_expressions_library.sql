create or replace view public.v_expressions_library
with (security_invoker = true)
as
    select i.user_id, i.id as item_id, i.pack_id, p.title as pack_title, p.coach_key, i.kind,
        i.original_text, i.revised_text, i.notes, i.phonetics, i.tags,
        true as is_own,
        f.favored_at,
        r.step as review_step,
        r.due_on as review_due_on,
        r.learned_at,
        i.created_at as kept_at
    from public.practice_pack_items as i
    cross join lateral (
        select k.title, k.coach_key
        from public.practice_packs as k
        where k.id = i.pack_id
        limit 1
    ) as p
    left join lateral (
        select m.favored_at
        from public.expression_favorites as m
        where m.user_id = i.user_id
            and m.item_id = i.id
        limit 1
    ) as f
        on true
    left join lateral (
        select v.step, v.due_on, v.learned_at
        from public.expression_reviews as v
        where v.user_id = i.user_id
            and v.item_id = i.id
        limit 1
    ) as r
        on true
    union all
    select f.user_id, f.item_id, e.pack_id, e.title, e.coach_key, e.kind,
        e.original_text, e.revised_text, e.notes, e.phonetics, e.tags,
        false,
        f.favored_at,
        r.step,
        r.due_on,
        r.learned_at,
        f.favored_at
    from public.expression_favorites as f
    cross join lateral (
        select x.pack_id, p.title, p.coach_key, x.kind, x.original_text, x.revised_text, x.notes, x.phonetics, x.tags
        from public.exemplar_pack_items as x
        join public.exemplar_packs as p on p.pack_id = x.pack_id
        where x.item_id = f.item_id
        limit 1
    ) as e
    left join lateral (
        select v.step, v.due_on, v.learned_at
        from public.expression_reviews as v
        where v.user_id = f.user_id
            and v.item_id = f.item_id
        limit 1
    ) as r
        on true
    left join lateral (
        select k.user_id
        from public.practice_pack_items as k
        where k.id = f.item_id
        limit 1
    ) as o
        on true
    where o.user_id is distinct from f.user_id;

comment on view public.v_expressions_library is 'One row per user and expression: the user''s own expressions, and published ones of others that the user marked; mark and review are null if absent. Users see their own rows, admins all.';

revoke all on table public.v_expressions_library from public, anon, authenticated, service_role;
grant select on table public.v_expressions_library to authenticated, service_role;
