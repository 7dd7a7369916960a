create or replace function private.record_product_rec_event(
    p_event_type text,
    p_surface text,
    p_item uuid,
    p_slot uuid,
    p_session uuid,
    p_topic text,
    p_difficulty smallint,
    p_meta jsonb
)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    person uuid := (select auth.uid());
    plan text;
    rule uuid;
begin
    if person is null and not private.is_service() then
        raise exception 'only a signed-in user or the service may record events'
            using
                errcode = 'insufficient_privilege',
                hint = 'The service records the events of visitors.';
    end if;
    plan := case when person is not null then private.get_tier(person) end;
    -- starts_at and ends_at are not checked, because the item may have been shown just before it ended.
    if not exists (
        select
        from public.product_rec_items as i
        where i.id = p_item
            and (person is null or i.is_active and plan = any (i.tiers))
    ) then
        raise exception 'item % does not exist or is not offered to the caller', p_item
            using errcode = 'no_data_found';
    end if;
    if p_slot is not null then
        select s.rule_id
        into rule
        from public.product_rec_slots as s
        join public.product_rec_items as i on i.id = p_item
        left join public.product_rec_rules as r on r.id = s.rule_id
        where s.id = p_slot
            and s.surface = p_surface
            and (
                s.item_id = i.id
                or (r.topics = '{}' or i.topics = '{}' or i.topics && r.topics)
                and (r.difficulties = '{}' or i.difficulties = '{}' or i.difficulties && r.difficulties)
            );
        if not found then
            raise exception 'item % is not part of slot % on surface %', p_item, p_slot, p_surface
                using errcode = 'no_data_found';
        end if;
    end if;
    if p_session is not null and not exists (
        select
        from public.sessions as s
        where s.id = p_session
            and s.user_id = person
    ) then
        raise exception 'session % does not exist or does not belong to the caller', p_session
            using errcode = 'no_data_found';
    end if;
    if person is not null then
        -- Lock per user, so that concurrent calls from several tabs share the limit.
        perform pg_advisory_xact_lock(hashtextextended('product_rec_events ' || person::text, 0));
        if (
            select count(*)
            from (
                select
                from public.product_rec_events as e
                where e.user_id = person
                    and e.created_at > clock_timestamp() - interval '1 minute'
                limit 120
            ) as e
        ) >= 120 then
            return false;
        end if;
    end if;
    insert into public.product_rec_events (
        user_id, session_id, event_type, surface, item_id, slot_id, rule_id, country_code, tier, coach_key, topic, difficulty, meta, created_at
    )
    select person, p_session, p_event_type, p_surface, p_item, p_slot, rule, p.country_code, plan, p.active_coach_key, p_topic, p_difficulty,
        coalesce(p_meta, '{}'), clock_timestamp()
    from (select person as id) as u
    left join public.profiles as p using (id);
    return true;
end
$$;

comment on function private.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) is
    'Record an impression or a click of the caller, or of a visitor if the service calls. Returns false and records nothing after 120 events of a user within a minute.';

revoke all on function private.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) from public;
grant execute on function private.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) to authenticated, service_role;

create or replace function public.record_product_rec_event(
    p_event_type text,
    p_surface text,
    p_item_id uuid,
    p_slot_id uuid default null,
    p_session_id uuid default null,
    p_topic text default null,
    p_difficulty smallint default null,
    p_meta jsonb default '{}'
)
returns boolean
language sql
volatile
security invoker
set search_path = ''
return private.record_product_rec_event(p_event_type, p_surface, p_item_id, p_slot_id, p_session_id, p_topic, p_difficulty, p_meta);

comment on function public.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) is
    'Record an impression or a click of the caller, or of a visitor if the service calls. False means that the limit of 120 events a minute is reached; do not retry.';

revoke all on function public.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.record_product_rec_event(text, text, uuid, uuid, uuid, text, smallint, jsonb) to authenticated, service_role;
