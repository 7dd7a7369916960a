create or replace function private.fail_embedding_job(p_job uuid, p_claim uuid, p_error text)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not private.is_service() then
        raise exception 'only the service may process embedding jobs'
            using errcode = 'insufficient_privilege';
    end if;
    update public.embedding_queue as q
    set locked_by = null,
        locked_until = null,
        claim = null,
        last_error = left(p_error, 2000),
        run_after = clock_timestamp() + least(interval '1 minute' * 2 ^ (q.attempts - 1), interval '1 hour')
    where q.id = p_job
        and q.claim = p_claim;
    return found;
end
$$;

comment on function private.fail_embedding_job(uuid, uuid, text) is
    'Return a failed job to the queue; false if the claim was lost. It waits 1, 2, 4 and 8 minutes after the first four failures, and is not retried after the fifth.';

revoke all on function private.fail_embedding_job(uuid, uuid, text) from public;
grant execute on function private.fail_embedding_job(uuid, uuid, text) to service_role;

create or replace function public.fail_embedding_job(p_job uuid, p_claim uuid, p_error text)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.fail_embedding_job(p_job, p_claim, p_error);

comment on function public.fail_embedding_job(uuid, uuid, text) is
    'Return a failed job to the queue with its error; the wait grows with each failure, and there is no retry after the fifth. For the service.';

revoke all on function public.fail_embedding_job(uuid, uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.fail_embedding_job(uuid, uuid, text) to service_role;
