create or replace view public.v_expression_reports
with (security_invoker = true)
as
    select r.id, r.user_id as reporter_id, r.target_table, r.target_id,
        coalesce(i.revised_text, i.original_text, i.notes, e.upgraded_text) as text,
        r.reason, r.status, r.created_at, r.handled_by, r.handled_at
    from public.reports as r
    left join lateral (
        select x.revised_text, x.original_text, x.notes
        from public.exemplar_pack_items as x
        where x.item_id = r.target_id
            and r.target_table = 'exemplar_pack_items'
        limit 1
    ) as i
        on true
    left join lateral (
        select x.upgraded_text
        from public.expression_exemplars as x
        where x.id = r.target_id
            and r.target_table = 'expression_exemplars'
        limit 1
    ) as e
        on true
    where r.target_table in ('exemplar_pack_items', 'expression_exemplars');

comment on view public.v_expression_reports is 'Reports of published expressions with the text, null if the caller may no longer see it because it is hidden or withdrawn. Users see their own reports, admins all.';

revoke all on table public.v_expression_reports from public, anon, authenticated, service_role;
grant select on table public.v_expression_reports to authenticated, service_role;
