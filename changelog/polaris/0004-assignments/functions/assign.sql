create or replace function private.assign(p_user uuid, p_drill uuid, p_set uuid, p_title text, p_description text, p_due_at timestamptz, p_scheduled_for date, p_priority integer)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    everyone boolean := private.is_staff();
    tier text := private.get_tier(p_user);
    content record;
    assignment_id uuid;
begin
    if not everyone and not exists (select from private.list_staffed_coach_keys()) then
        raise exception 'only admins, the service and staff of a coach may assign practice'
            using errcode = 'insufficient_privilege';
    end if;
    if num_nonnulls(p_drill, p_set) <> 1 then
        raise exception 'either a drill or a set must be given'
            using errcode = 'invalid_parameter_value';
    end if;
    if p_due_at <= now() then
        raise exception 'an assignment cannot be due in the past'
            using errcode = 'invalid_parameter_value';
    end if;
    -- Same error for a missing learner and a learner of another coach.
    perform
    from public.profiles as p
    where p.id = p_user
        and (everyone or p.active_coach_key in (select private.list_staffed_coach_keys()))
    for key share;
    if not found then
        raise exception 'no learner %', p_user
            using errcode = 'no_data_found';
    end if;
    select c.coach_key, c.title, c.tags
    into content
    from (
        select d.coach_key, d.title, d.tags
        from public.drills as d
        where d.id = p_drill
            and d.is_public
            and d.state in ('approved', 'published')
            and (not d.gating or tier in ('pro', 'vip'))
        union all
        select s.coach_key, s.title, s.tags
        from public.drill_sets as s
        where s.id = p_set
            and s.state = 'published'
            and (not s.gating or tier in ('pro', 'vip'))
    ) as c
    where everyone
        or c.coach_key in (select private.list_staffed_coach_keys())
            and c.coach_key = (select p.active_coach_key from public.profiles as p where p.id = p_user);
    if content.coach_key is null then
        raise exception 'the drill or set is not available to this learner'
            using
                errcode = 'no_data_found',
                hint = 'The content must be available, belong to the learner''s coach, and be included in the learner''s tier.';
    end if;

    loop
        insert into public.assignments (user_id, coach_key, drill_id, set_id, title, description, tags, due_at, scheduled_for, priority, created_by)
        values (
            p_user, content.coach_key, p_drill, p_set, coalesce(p_title, content.title), p_description, content.tags, p_due_at, p_scheduled_for,
            coalesce(p_priority, 5), (select auth.uid())
        )
        on conflict do nothing
        returning id into assignment_id;
        if assignment_id is not null then
            perform private.log_event(
                'assignment_created', p_user, jsonb_build_object('assignment_id', assignment_id), content.coach_key);
            return assignment_id;
        end if;
        -- An open assignment exists; if it has ended meanwhile, try again.
        select a.id
        into assignment_id
        from public.assignments as a
        where a.user_id = p_user
            and (a.drill_id = p_drill or a.set_id = p_set)
            and a.state in ('assigned', 'in_progress');
        if assignment_id is not null then
            return assignment_id;
        end if;
    end loop;
end
$$;

comment on function private.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) is
    'Assign a drill or a set to a learner and return the assignment''s id; an open assignment of the same content is returned unchanged. For admins, the service and staff of the coach.';

revoke all on function private.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) from public;
grant execute on function private.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) to authenticated, service_role;

create or replace function public.assign(
    p_user uuid,
    p_drill uuid default null,
    p_set uuid default null,
    p_title text default null,
    p_description text default null,
    p_due_at timestamptz default null,
    p_scheduled_for date default null,
    p_priority integer default 5
)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.assign(p_user, p_drill, p_set, p_title, p_description, p_due_at, p_scheduled_for, p_priority);

comment on function public.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) is
    'Assign a drill or a set to a learner and return the assignment''s id; an open assignment of the same content is returned unchanged. For admins, the service and staff of the coach.';

revoke all on function public.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) from public, anon, authenticated, service_role;
grant execute on function public.assign(uuid, uuid, uuid, text, text, timestamptz, date, integer) to authenticated, service_role;
