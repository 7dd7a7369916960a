create or replace function public.enqueue_admin_message(p_id uuid, p_limit integer default 1000)
returns integer
language plpgsql
volatile
security invoker
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
    message public.admin_messages;
    tiers text[];
    roles text[];
    coach_keys text[];
    countries text[];
    languages text[];
    user_ids uuid[];
    people uuid[];
    seen integer;
    last_seen uuid;
    made integer;
begin
    if p_limit is null or p_limit not between 1 and 10000 then
        raise exception 'a batch must have 1 to 10000 users'
            using errcode = 'invalid_parameter_value';
    end if;
    -- The worker that locks the message processes its audience; other workers skip it.
    select *
    into message
    from public.admin_messages as msg
    where msg.id = p_id
        and msg.state = 'sending'
        and msg.expanded_at is null
    for no key update skip locked;
    if message.id is null then
        if not exists (select from public.admin_messages as msg where msg.id = p_id) then
            raise exception 'no message %', p_id
                using errcode = 'no_data_found';
        end if;
        return 0;
    end if;

    -- A filter that is absent matches every user.
    tiers := case when message.audience_filter ? 'tiers' then array(select jsonb_array_elements_text(message.audience_filter -> 'tiers')) end;
    roles := case when message.audience_filter ? 'roles' then array(select jsonb_array_elements_text(message.audience_filter -> 'roles')) end;
    coach_keys := case when message.audience_filter ? 'coach_keys' then array(select jsonb_array_elements_text(message.audience_filter -> 'coach_keys')) end;
    countries := case when message.audience_filter ? 'countries' then array(select jsonb_array_elements_text(message.audience_filter -> 'countries')) end;
    languages := case when message.audience_filter ? 'languages' then array(select jsonb_array_elements_text(message.audience_filter -> 'languages')) end;
    user_ids := case when message.audience_filter ? 'user_ids' then array(select jsonb_array_elements_text(message.audience_filter -> 'user_ids'))::uuid[] end;
    people := array(
        select p.id
        from public.profiles as p
        where p.id > coalesce(message.expanded_to, '00000000-0000-0000-0000-000000000000')
            and (user_ids is null or p.id = any (user_ids))
            and (tiers is null or p.tier = any (tiers))
            and (roles is null or p.role = any (roles))
            and (coach_keys is null or p.active_coach_key = any (coach_keys))
            and (countries is null or p.country_code = any (countries))
            and (languages is null or p.language = any (languages))
            and (not message.is_marketing or p.marketing_opt_in)
        order by p.id
        limit p_limit
        -- Key share prevents deleting these users, but allows practice, which updates their profiles.
        for key share
    );
    if message.is_marketing then
        -- A concurrent opt-out waits for this lock, and then finds the deliveries to stop.
        perform
        from public.profiles as p
        where p.id = any (people)
        order by p.id
        for share;
    end if;
    with deliveries as (
        insert into public.admin_message_deliveries (message_id, user_id, channel, sent_at)
        select message.id, p.id, channel, case channel when 'in_app' then now() end
        from public.profiles as p
        cross join unnest(message.channels) as channel
        where p.id = any (people)
            and (channel <> 'email' or p.email is not null)
            and (not message.is_marketing or p.marketing_opt_in)
        on conflict (message_id, user_id, channel) do nothing
        returning id
    )
    select count(*)
    from deliveries
    into made;
    seen := cardinality(people);
    last_seen := people[seen];

    update public.admin_messages as msg
    set expanded_to = case when seen >= p_limit then last_seen end,
        expanded_at = case when seen < p_limit then now() end
    where msg.id = message.id;
    return made;
end
$$;

comment on function public.enqueue_admin_message(uuid, integer) is
    'Create the deliveries of a message for the next p_limit users and return the number; in_app deliveries are sent at once. Returns 0 if another worker holds the message or no user is left. For the service.';

revoke all on function public.enqueue_admin_message(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.enqueue_admin_message(uuid, integer) to service_role;
