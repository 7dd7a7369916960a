create or replace function private.enqueue_embedding()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.ask_for_embedding(t.entity_type, t.id, tg_argv[1])
    from (
        select tg_argv[0] as entity_type, new.id
        union
        select 'drill_item', i.id
        from public.drill_items as i
        where tg_argv[0] = 'drill'
            and tg_argv[1] = 'new'
            and i.drill_id = new.id
        union
        select 'drill_item', m.item_id
        from public.set_members as m
        where tg_argv[0] = 'drill_set'
            and m.set_id = new.id
        order by 1, 2
    ) as t;
    return null;
end
$$;

comment on function private.enqueue_embedding() is
    'Trigger: queue an embedding job for the row''s entity, and for the items of a new drill or published set. Arguments: entity type and reason.';

revoke all on function private.enqueue_embedding() from public;
