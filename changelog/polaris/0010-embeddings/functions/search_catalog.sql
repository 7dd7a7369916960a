create or replace function public.search_catalog(
    query_embedding extensions.vector,
    match_limit integer default 20,
    coach_filter text default null,
    tag_filter text[] default null,
    difficulty_filter smallint default null
)
returns table (
    entity_type text,
    entity_id uuid,
    title text,
    tags text[],
    coach_key text,
    difficulty smallint,
    distance real
)
language plpgsql
stable
security invoker
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
    most integer := least(greatest(coalesce(match_limit, 20), 1), 100);
begin
    if query_embedding is null
        or extensions.vector_dims(query_embedding) <> 768
        or extensions.vector_norm(query_embedding) = 0
    then
        raise exception 'query_embedding must be a vector of 768 numbers that are not all zero'
            using errcode = 'invalid_parameter_value';
    end if;
    -- For this transaction: enough candidates, and iterative scans where filters leave too few (from pgvector 0.8).
    perform set_config('hnsw.ef_search', '100', true);
    if current_setting('hnsw.iterative_scan', true) is not null then
        perform set_config('hnsw.iterative_scan', 'strict_order', true);
    end if;
    return query
    select f.entity_type, f.id, f.title, f.tags, f.coach_key, f.difficulty, f.distance
    from (
        (
            select 'drill' as entity_type, d.id, d.title, d.tags, d.coach_key, d.difficulty,
                (d.embedding operator(extensions.<=>) query_embedding)::real as distance
            from public.drills as d
            where d.is_public
                and d.state in ('approved', 'published')
                and (coach_filter is null or d.coach_key = coach_filter)
                and (tag_filter is null or d.tags @> tag_filter)
                and (difficulty_filter is null or d.difficulty = difficulty_filter)
            order by d.embedding operator(extensions.<=>) query_embedding
        limit most
        )
        union all
        (
            select case when e.drill_set_id is null then 'drill_item' else 'drill_set' end, coalesce(e.drill_set_id, e.drill_item_id),
                e.title, e.tags, coalesce(coach_filter, e.coach_keys[1]), e.difficulty,
                (e.embedding operator(extensions.<=>) query_embedding)::real
            from public.search_catalog_embeddings as e
            where (coach_filter is null or e.coach_keys @> array[coach_filter])
                and (tag_filter is null or e.tags @> tag_filter)
                and (difficulty_filter is null or e.difficulty = difficulty_filter)
            order by e.embedding operator(extensions.<=>) query_embedding
            limit most
        )
    ) as f
    where f.distance is not null
    order by f.distance, f.id
    limit most;
end
$$;

comment on function public.search_catalog(extensions.vector, integer, text, text[], smallint) is
    'Search available content by cosine distance, from 0 (same) to 2; at most match_limit rows (1 to 100). Filters: coach, tags (all must match), difficulty. For users and the service.';

revoke all on function public.search_catalog(extensions.vector, integer, text, text[], smallint) from public, anon, authenticated, service_role;
grant execute on function public.search_catalog(extensions.vector, integer, text, text[], smallint) to authenticated, service_role;
