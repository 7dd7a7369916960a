create or replace function private.ask_for_embedding(p_entity_type text, p_entity_id uuid, p_reason text)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.embedding_queue (entity_type, entity_id, reason)
    values (p_entity_type, p_entity_id, p_reason)
    on conflict (entity_type, entity_id) do update
    set reason = excluded.reason,
        attempts = 0,
        run_after = excluded.run_after,
        locked_by = null,
        locked_until = null,
        claim = null,
        last_error = null
$$;

comment on function private.ask_for_embedding(text, uuid, text) is
    'Queue an embedding job for an entity, or reset the job that is already queued. Internal: no role may execute it directly.';

revoke all on function private.ask_for_embedding(text, uuid, text) from public;
