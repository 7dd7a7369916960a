create or replace function private.enqueue_item_embedding()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if exists (select from public.drills as d where d.id = new.drill_id and d.state in ('approved', 'published'))
        or exists (select from public.search_catalog_embeddings as e where e.drill_item_id = new.id)
    then
        perform private.ask_for_embedding('drill_item', new.id, tg_argv[0]);
    end if;
    return null;
end
$$;

comment on function private.enqueue_item_embedding() is
    'Trigger: queue an embedding job for an item of an approved or published drill, or for an item that already has an embedding. Argument: the reason.';

revoke all on function private.enqueue_item_embedding() from public;
