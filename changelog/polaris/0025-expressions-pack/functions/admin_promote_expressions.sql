create or replace function private.admin_promote_expressions(p_target_coach text, p_item_ids uuid[], p_skill text, p_topic text, p_difficulty smallint, p_state text)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    wanted integer := (select count(distinct i.id) from unnest(p_item_ids) as i (id));
    took integer;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may promote expressions'
            using errcode = 'insufficient_privilege';
    end if;
    if wanted not between 1 and 500 or p_state is null or p_state not in ('candidate_exemplar', 'published_exemplar') then
        raise exception 'p_item_ids must hold 1 to 500 items, and p_state be candidate_exemplar or published_exemplar'
            using errcode = 'invalid_parameter_value';
    end if;
    if not exists (select from public.coaches as c where c.key = p_target_coach and c.is_active) then
        raise exception 'coach % does not exist or is not active', p_target_coach
            using errcode = 'no_data_found';
    end if;
    -- Only items that their owners submitted, which is their consent, and an admin published. Locked until the transaction ends.
    perform
    from public.exemplar_pack_items as e
    where e.item_id = any (p_item_ids)
        and e.revised_text is not null
    order by e.item_id
    for key share;
    get diagnostics took = row_count;
    if took <> wanted then
        raise exception '% of % items are not published or have no better expression', wanted - took, wanted
            using
                errcode = 'no_data_found',
                hint = 'Items must belong to published packs and have a revised_text.';
    end if;
    insert into public.expression_exemplars as x (source_item_id, coach_key, language, skill, topic, difficulty, upgraded_text, tags, state)
    select e.item_id, p_target_coach, p.language, p_skill, p_topic, coalesce(p_difficulty, p.difficulty), e.revised_text, e.tags, p_state
    from public.exemplar_pack_items as e
    join public.exemplar_packs as p on p.pack_id = e.pack_id
    where e.item_id = any (p_item_ids)
        and e.revised_text is not null
    order by e.item_id
    on conflict (source_item_id, coach_key) do update
    set state = excluded.state
    where x.state = 'candidate_exemplar'
        and excluded.state = 'published_exemplar';
    get diagnostics took = row_count;
    return took;
end
$$;

comment on function private.admin_promote_expressions(text, uuid[], text, text, smallint, text) is
    'Copy published items to a coach''s exemplars, or publish those that are candidates; all items or none. Returns how many rows changed, 0 if repeated. For admins and the service.';

revoke all on function private.admin_promote_expressions(text, uuid[], text, text, smallint, text) from public;
grant execute on function private.admin_promote_expressions(text, uuid[], text, text, smallint, text) to authenticated, service_role;

create or replace function public.admin_promote_expressions(
    p_target_coach text,
    p_item_ids uuid[],
    p_skill text default null,
    p_topic text default null,
    p_difficulty smallint default null,
    p_state text default 'candidate_exemplar'
)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.admin_promote_expressions(p_target_coach, p_item_ids, p_skill, p_topic, p_difficulty, p_state);

comment on function public.admin_promote_expressions(text, uuid[], text, text, smallint, text) is
    'Copy published items to a coach''s exemplars, all or none, and return how many rows changed. For admins and the service.';

revoke all on function public.admin_promote_expressions(text, uuid[], text, text, smallint, text) from public, anon, authenticated, service_role;
grant execute on function public.admin_promote_expressions(text, uuid[], text, text, smallint, text) to authenticated, service_role;
