create or replace function private.forget_set_embedding()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from public.search_catalog_embeddings as e
    where e.drill_set_id = new.id;
    return null;
end
$$;

comment on function private.forget_set_embedding() is 'Trigger: delete the embedding of a set.';

revoke all on function private.forget_set_embedding() from public;
