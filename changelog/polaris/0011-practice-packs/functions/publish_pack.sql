create or replace function private.publish_pack()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if new.state = 'published_exemplar' then
        insert into public.exemplar_packs (pack_id, coach_key, title, summary, language, difficulty, topics, published_at)
        values (new.id, new.coach_key, new.title, new.summary, new.language, new.difficulty, new.topics, new.published_at);
        perform private.copy_exemplar_item(i)
        from public.practice_pack_items as i
        where i.pack_id = new.id;
    else
        delete from public.exemplar_packs as e
        where e.pack_id = new.id;
    end if;
    return null;
end
$$;

comment on function private.publish_pack() is
    'Trigger: copy a pack to exemplar_packs when it is published, without its owner, and delete the copy when it is deprecated.';

revoke all on function private.publish_pack() from public;
