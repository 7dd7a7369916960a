create or replace function private.create_set_version(p_set uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    source public.drill_sets;
    latest public.drill_sets;
    made uuid;
begin
    if not private.is_staff() then
        raise exception 'only admins and the service may edit content'
            using errcode = 'insufficient_privilege';
    end if;
    select *
    into source
    from public.drill_sets as s
    where s.id = p_set;
    if source.id is null then
        raise exception 'no set %', p_set
            using errcode = 'no_data_found';
    end if;
    if source.state not in ('published', 'deprecated') then
        raise exception 'a set that is % cannot have a next version', source.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Edit this version, or move it back to draft first; only a set that was published has a next version.';
    end if;
    perform pg_advisory_xact_lock(hashtextextended(
        concat_ws('/', 'polaris.create_set_version', source.coach_key, source.section, source.title), 0));
    select *
    into latest
    from public.drill_sets as s
    where (s.coach_key, s.section, s.title) = (source.coach_key, source.section, source.title)
    order by s.version desc
    limit 1;
    -- Repeated and concurrent calls return the draft that already exists.
    if latest.version > source.version and latest.state = 'draft' then
        return latest.id;
    end if;
    insert into public.drill_sets (coach_key, section, title, version, description, tags, difficulty, gating)
    values (
        source.coach_key, source.section, source.title, latest.version + 1, source.description, source.tags, source.difficulty, source.gating
    )
    returning id into made;
    insert into public.set_members (set_id, item_id, position, weight, pinned)
    select made, m.item_id, m.position, m.weight, m.pinned
    from public.set_members as m
    where m.set_id = source.id;
    return made;
end
$$;

comment on function private.create_set_version(uuid) is
    'Create the next version of a set as a draft with the same items and return its id; an existing newer draft is returned instead. For admins and the service.';

revoke all on function private.create_set_version(uuid) from public;
grant execute on function private.create_set_version(uuid) to authenticated, service_role;

create or replace function public.create_set_version(p_set uuid)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.create_set_version(p_set);

comment on function public.create_set_version(uuid) is
    'Create the next version of a set as a draft with the same items and return its id; an existing newer draft is returned instead. For admins and the service.';

revoke all on function public.create_set_version(uuid) from public, anon, authenticated, service_role;
grant execute on function public.create_set_version(uuid) to authenticated, service_role;
