create or replace function private.complete_embedding_job(p_job uuid, p_claim uuid, p_embedding extensions.vector)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    done public.embedding_queue;
    stored boolean;
begin
    if not private.is_service() then
        raise exception 'only the service may process embedding jobs'
            using errcode = 'insufficient_privilege';
    end if;
    -- Lock the drill before its job, in the order of an editor's change of the drill; the reverse order could deadlock.
    perform
    from public.drills as d
    where d.id = (select q.entity_id from public.embedding_queue as q where q.id = p_job and q.claim = p_claim and q.entity_type = 'drill')
    for no key update;
    delete from public.embedding_queue as q
    where q.id = p_job
        and q.claim = p_claim
    returning * into done;
    if done.id is null then
        return false;
    end if;
    -- A null embedding is accepted only if the entity no longer exists.
    if p_embedding is null and private.compose_embedding_text(done.entity_type, done.entity_id) is not null then
        raise exception 'the embedding is missing'
            using
                errcode = 'invalid_parameter_value',
                hint = 'Use fail_embedding_job to return a job that failed.';
    end if;
    update public.drills as d
    set embedding = p_embedding
    where done.entity_type = 'drill'
        and d.id = done.entity_id;
    stored := found;
    insert into public.search_catalog_embeddings (drill_set_id, title, coach_keys, tags, difficulty, embedding)
    select s.id, s.title, array[s.coach_key], s.tags, s.difficulty, p_embedding
    from public.drill_sets as s
    where done.entity_type = 'drill_set'
        and s.id = done.entity_id
        and s.state = 'published'
    on conflict (drill_set_id) do update
    set title = excluded.title,
        coach_keys = excluded.coach_keys,
        tags = excluded.tags,
        difficulty = excluded.difficulty,
        embedding = excluded.embedding;
    stored := stored or found;
    with holders as (
        select d.coach_key, d.tags
        from public.drills as d
        join public.drill_items as i
            on i.drill_id = d.id
        where i.id = done.entity_id
        union all
        select s.coach_key, s.tags
        from public.set_members as m
        join public.drill_sets as s
            on s.id = m.set_id
        where m.item_id = done.entity_id
            and s.state = 'published'
    )
    insert into public.search_catalog_embeddings (drill_item_id, title, coach_keys, tags, difficulty, embedding)
    select i.id, coalesce(i.title, i.kind),
        array(select distinct h.coach_key from holders as h order by h.coach_key),
        array(select distinct t.tag from holders as h cross join unnest(h.tags) as t (tag) order by t.tag),
        i.difficulty, p_embedding
    from public.drill_items as i
    where done.entity_type = 'drill_item'
        and i.id = done.entity_id
    on conflict (drill_item_id) do update
    set title = excluded.title,
        coach_keys = excluded.coach_keys,
        tags = excluded.tags,
        difficulty = excluded.difficulty,
        embedding = excluded.embedding;
    stored := stored or found;
    return stored;
end
$$;

comment on function private.complete_embedding_job(uuid, uuid, extensions.vector) is
    'Store an embedding and delete its job; false if the claim was lost (text changed or another worker took over) or the entity no longer exists: claim again.';

revoke all on function private.complete_embedding_job(uuid, uuid, extensions.vector) from public;
grant execute on function private.complete_embedding_job(uuid, uuid, extensions.vector) to service_role;

create or replace function public.complete_embedding_job(p_job uuid, p_claim uuid, p_embedding extensions.vector)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.complete_embedding_job(p_job, p_claim, p_embedding);

comment on function public.complete_embedding_job(uuid, uuid, extensions.vector) is
    'Store an embedding and delete its job; false if the claim was lost or the entity no longer exists: claim again. For the service.';

revoke all on function public.complete_embedding_job(uuid, uuid, extensions.vector) from public, anon, authenticated, service_role;
grant execute on function public.complete_embedding_job(uuid, uuid, extensions.vector) to service_role;
