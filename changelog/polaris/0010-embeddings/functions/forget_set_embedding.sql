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

comment on function private.forget_set_embedding() is 'Takes a set''s vector away.';

revoke all on function private.forget_set_embedding() from public;
