create or replace function private.claim_embedding_jobs(p_limit integer, p_worker text, p_seconds integer)
returns table (
    job uuid,
    claim uuid,
    entity_type text,
    entity_id uuid,
    reason text,
    attempts integer,
    content text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    if not private.is_service() then
        raise exception 'only the service may process embedding jobs'
            using errcode = 'insufficient_privilege';
    end if;
    if p_limit is null or p_limit not between 1 and 100
        or coalesce(p_worker, '') = ''
        or p_seconds is null or p_seconds not between 1 and 3600
    then
        raise exception 'a claim needs 1 to 100 jobs, the name of a worker and 1 to 3600 seconds'
            using errcode = 'invalid_parameter_value';
    end if;
    return query
    with next as materialized (
        select q.id
        from public.embedding_queue as q
        where q.attempts < 5
            and q.run_after <= clock_timestamp()
            and (q.locked_until is null or q.locked_until <= clock_timestamp())
        order by q.run_after
        limit p_limit
        for update skip locked
    ),
    taken as (
        update public.embedding_queue as q
        set attempts = q.attempts + 1,
            locked_by = p_worker,
            locked_until = clock_timestamp() + make_interval(secs => p_seconds),
            claim = gen_random_uuid()
        from next as n
        where q.id = n.id
        returning q.id, q.claim, q.entity_type, q.entity_id, q.reason, q.attempts
    )
    select t.id, t.claim, t.entity_type, t.entity_id, t.reason, t.attempts, private.compose_embedding_text(t.entity_type, t.entity_id)
    from taken as t;
end
$$;

comment on function private.claim_embedding_jobs(integer, text, integer) is
    'Claim up to p_limit embedding jobs for p_worker for p_seconds; content is the text to embed, null if the entity no longer exists.';

revoke all on function private.claim_embedding_jobs(integer, text, integer) from public;
grant execute on function private.claim_embedding_jobs(integer, text, integer) to service_role;

create or replace function public.claim_embedding_jobs(p_limit integer, p_worker text, p_seconds integer default 300)
returns table (
    job uuid,
    claim uuid,
    entity_type text,
    entity_id uuid,
    reason text,
    attempts integer,
    content text
)
language sql
volatile
security invoker
set search_path = ''
return private.claim_embedding_jobs(p_limit, p_worker, p_seconds);

comment on function public.claim_embedding_jobs(integer, text, integer) is
    'Claim up to p_limit (1 to 100) embedding jobs for p_worker for p_seconds (1 to 3600), with the text to embed. For the service.';

revoke all on function public.claim_embedding_jobs(integer, text, integer) from public, anon, authenticated, service_role;
grant execute on function public.claim_embedding_jobs(integer, text, integer) to service_role;
