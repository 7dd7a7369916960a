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
    'Asks for the vector of an item of a drill that is out, or that has one already. Its argument: the reason.';

revoke all on function private.enqueue_item_embedding() from public;
