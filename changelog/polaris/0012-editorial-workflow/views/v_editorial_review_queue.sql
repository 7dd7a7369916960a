create or replace view public.v_editorial_review_queue
with (security_invoker = true)
as
    select
        i.id,
        i.kind,
        i.title,
        i.slug,
        i.version,
        i.state_since as waiting_since,
        i.created_by,
        i.updated_by,
        array(
            select t.coach_key
            from public.editorial_item_coach_targets as t
            where t.editorial_item_id = i.id
            order by t.coach_key
        ) as coach_keys,
        f.blocks,
        f.warnings,
        f.infos,
        f.resolved
    from public.editorial_items as i
    cross join lateral (
        select
            count(*) filter (where g.resolved_at is null and g.severity = 'block') as blocks,
            count(*) filter (where g.resolved_at is null and g.severity = 'warn') as warnings,
            count(*) filter (where g.resolved_at is null and g.severity = 'info') as infos,
            count(*) filter (where g.resolved_at is not null) as resolved
        from public.editorial_flags as g
        where g.editorial_item_id = i.id
    ) as f
    where i.state = 'in_review'
    order by i.state_since, i.id;

comment on view public.v_editorial_review_queue is
    'Items in review, longest waiting first, with the number of open flags by severity and of resolved flags. Rows only for admins and the service.';

revoke all on table public.v_editorial_review_queue from public, anon, authenticated, service_role;
grant select on table public.v_editorial_review_queue to authenticated, service_role;
