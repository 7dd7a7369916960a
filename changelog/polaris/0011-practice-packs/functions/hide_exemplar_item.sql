create or replace function private.hide_exemplar_item()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from public.exemplar_pack_items as e
    where e.item_id = new.id;
    if exists (select from public.exemplar_packs as e where e.pack_id = new.pack_id) then
        perform private.copy_exemplar_item(new);
    end if;
    return null;
end
$$;

comment on function private.hide_exemplar_item() is
    'Trigger: update the copy of an item in a published pack when the item is shown or hidden.';

revoke all on function private.hide_exemplar_item() from public;
