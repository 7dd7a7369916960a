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
    'Asks for the vector of the row''s thing, and of its items with a drill or set that comes out. Its arguments: the kind and the reason.';

revoke all on function private.enqueue_embedding() from public;
