create or replace function public.search_user_library(
    query_embedding extensions.vector,
    match_limit integer default 20,
    coach_filter text default null,
    source_type_filter text default null
)
returns table (
    source_type text,
    source_id uuid,
    coach_key text,
    content text,
    distance real
)
language plpgsql
stable
security invoker
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
    if query_embedding is null
        or extensions.vector_dims(query_embedding) <> 768
        or extensions.vector_norm(query_embedding) = 0
    then
        raise exception 'query_embedding must be a vector of 768 numbers that are not all zero'
            using errcode = 'invalid_parameter_value';
    end if;
    return query
    select e.source_type, e.source_id, e.coach_key, e.content,
        (e.embedding operator(extensions.<=>) query_embedding)::real as distance
    from public.search_user_embeddings as e
    where e.user_id = (select auth.uid())
        and (coach_filter is null or e.coach_key = coach_filter)
        and (source_type_filter is null or e.source_type = source_type_filter)
    order by distance, e.id
    limit least(greatest(coalesce(match_limit, 20), 1), 100);
end
$$;

comment on function public.search_user_library(extensions.vector, integer, text, text) is
    'Search the caller''s own texts by cosine distance, from 0 (same) to 2; at most match_limit rows (1 to 100). For users.';

revoke all on function public.search_user_library(extensions.vector, integer, text, text) from public, anon, authenticated, service_role;
grant execute on function public.search_user_library(extensions.vector, integer, text, text) to authenticated;
