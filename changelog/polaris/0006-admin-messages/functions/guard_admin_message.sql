create or replace function private.guard_admin_message()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    erased jsonb := jsonb '"00000000-0000-0000-0000-000000000000"';
begin
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a new message must be a draft, not %', new.state
                using errcode = 'check_violation';
        end if;
        if not private.is_service() then
            new.author_id := (select auth.uid());
        end if;
        new.send_at := null;
        new.approved_by := null;
        new.approved_at := null;
        new.expanded_to := null;
        new.expanded_at := null;
        new.sent_at := null;
        new.canceled_at := null;
        return new;
    end if;

    if (new.id, new.created_at) is distinct from (old.id, old.created_at)
        or new.author_id is distinct from old.author_id and new.author_id is not null
    then
        raise exception 'id, author and creation time of a message cannot change'
            using errcode = 'check_violation';
    end if;
    -- Deleting an account replaces its id in the audience.
    if new.audience_filter <> old.audience_filter
        and new.audience_filter - 'user_ids' = old.audience_filter - 'user_ids'
        and jsonb_array_length(new.audience_filter -> 'user_ids') = jsonb_array_length(old.audience_filter -> 'user_ids')
        and not exists (
            select
            from jsonb_array_elements(old.audience_filter -> 'user_ids') with ordinality as was (id, place)
            join jsonb_array_elements(new.audience_filter -> 'user_ids') with ordinality as becomes (id, place) using (place)
            where becomes.id <> was.id
                and (becomes.id <> erased or exists (select from public.profiles as p where p.id = (was.id #>> '{}')::uuid))
        )
    then
        old.audience_filter := new.audience_filter;
    end if;
    if old.state <> 'draft'
        and (new.title, new.body_text, new.body_html, new.importance, new.channels, new.is_marketing, new.hero_image_url, new.cta_label, new.cta_url, new.audience_filter)
            is distinct from (old.title, old.body_text, old.body_html, old.importance, old.channels, old.is_marketing, old.hero_image_url, old.cta_label, old.cta_url, old.audience_filter)
    then
        raise exception 'a message that is % cannot change', old.state
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Before it is sent, a message can be moved back to draft and changed.';
    end if;
    if new.state <> old.state
        and (old.state, new.state) not in (
            ('draft', 'approved'), ('draft', 'canceled'),
            ('approved', 'draft'), ('approved', 'scheduled'), ('approved', 'canceled'),
            ('scheduled', 'approved'), ('scheduled', 'sending'), ('scheduled', 'canceled'),
            ('sending', 'sent'), ('sending', 'canceled'),
            ('sent', 'archived'), ('canceled', 'archived')
        )
    then
        raise exception 'a message that is % cannot become %', old.state, new.state
            using
                errcode = 'check_violation',
                hint = 'draft → approved → scheduled → sending → sent → archived; approved → draft; scheduled → approved; canceled from any state before sent; canceled → archived.';
    end if;
    if (new.state in ('sending', 'sent') and new.state <> old.state or (new.expanded_to, new.expanded_at) is distinct from (old.expanded_to, old.expanded_at))
        and not private.is_service()
    then
        raise exception 'only the service may send messages'
            using
                errcode = 'insufficient_privilege',
                hint = 'Schedule the message; the drip sends it when send_at has passed.';
    end if;

    -- Derive these columns from the state, and ignore the values of the statement.
    new.approved_by := case when new.approved_by is null then null else old.approved_by end;
    new.approved_at := old.approved_at;
    new.sent_at := old.sent_at;
    new.canceled_at := old.canceled_at;
    if new.state <> old.state then
        if new.state = 'approved' and old.state = 'draft' then
            new.approved_by := (select p.id from public.profiles as p where p.id = (select auth.uid()));
            new.approved_at := now();
        elsif new.state = 'draft' then
            new.approved_by := null;
            new.approved_at := null;
        elsif new.state = 'sent' then
            new.sent_at := now();
        elsif new.state = 'canceled' then
            new.canceled_at := now();
            new.expanded_to := null;
        end if;
        if new.state in ('draft', 'approved') then
            new.send_at := null;
        end if;
    elsif old.state <> 'scheduled' then
        new.send_at := old.send_at;
    end if;
    return new;
end
$$;

comment on function private.guard_admin_message() is
    'Trigger: reject invalid state transitions of a message and changes after approval; set the times that follow from its state.';

revoke all on function private.guard_admin_message() from public;
