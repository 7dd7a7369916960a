create or replace function private.copy_exemplar_item(item public.practice_pack_items)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    insert into public.exemplar_pack_items (item_id, pack_id, kind, original_text, revised_text, notes, phonetics, tags, order_index)
    select item.id, item.pack_id, item.kind, item.original_text, item.revised_text, item.notes, item.phonetics, item.tags, item.order_index
    where not item.is_hidden
$$;

comment on function private.copy_exemplar_item(public.practice_pack_items) is
    'Copy an item that is not hidden to exemplar_pack_items. Internal: no role may execute it directly.';

revoke all on function private.copy_exemplar_item(public.practice_pack_items) from public;
