create or replace function private.enqueue_missing_embeddings(p_limit integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    batch integer;
begin
    if not private.is_service() then
        raise exception 'only the service may process embedding jobs'
            using errcode = 'insufficient_privilege';
    end if;
    if p_limit is null or p_limit not between 1 and 10000 then
        raise exception 'a batch must have 1 to 10000 jobs'
            using errcode = 'invalid_parameter_value';
    end if;
    with missing as (
        select 'drill' as entity_type, d.id
        from public.drills as d
        where d.embedding is null
            and d.state in ('approved', 'published')
        union all
        select 'drill_set', s.id
        from public.drill_sets as s
        where s.state = 'published'
            and not exists (select from public.search_catalog_embeddings as e where e.drill_set_id = s.id)
        union all
        select 'drill_item', i.id
        from public.drill_items as i
        where not exists (select from public.search_catalog_embeddings as e where e.drill_item_id = i.id)
            and (
                exists (select from public.drills as d where d.id = i.drill_id and d.state in ('approved', 'published'))
                or exists (
                    select
                    from public.set_members as m
                    join public.drill_sets as s
                        on s.id = m.set_id
                    where m.item_id = i.id
                        and s.state = 'published'
                )
            )
    )
    insert into public.embedding_queue (entity_type, entity_id, reason)
    select w.entity_type, w.id, 'missing'
    from missing as w
    where not exists (
        select
        from public.embedding_queue as q
        where q.entity_type = w.entity_type
            and q.entity_id = w.id
    )
    limit p_limit
    on conflict (entity_type, entity_id) do nothing;
    get diagnostics batch = row_count;
    return batch;
end
$$;

comment on function private.enqueue_missing_embeddings(integer) is
    'Queue up to p_limit embedding jobs for available entities without an embedding and return the number; 0 when none is left.';

revoke all on function private.enqueue_missing_embeddings(integer) from public;
grant execute on function private.enqueue_missing_embeddings(integer) to service_role;

create or replace function public.enqueue_missing_embeddings(p_limit integer default 1000)
returns integer
language sql
volatile
security invoker
set search_path = ''
return private.enqueue_missing_embeddings(p_limit);

comment on function public.enqueue_missing_embeddings(integer) is
    'Queue up to p_limit (1 to 10000) embedding jobs for available entities without an embedding and return the number. For the service.';

revoke all on function public.enqueue_missing_embeddings(integer) from public, anon, authenticated, service_role;
grant execute on function public.enqueue_missing_embeddings(integer) to service_role;
