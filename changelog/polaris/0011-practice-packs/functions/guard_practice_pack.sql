create or replace function private.guard_practice_pack()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    content constant text[] := array['title', 'summary', 'language', 'difficulty', 'topics'];
    may boolean;
begin
    if new.session_id is not null
        and (tg_op = 'INSERT' or new.session_id is distinct from old.session_id)
        and not exists (select from public.sessions as s where s.id = new.session_id and s.user_id = new.user_id)
    then
        raise exception 'no session %', new.session_id
            using errcode = 'no_data_found';
    end if;
    if tg_op = 'INSERT' then
        -- Same error for a missing coach and a hidden one.
        if new.coach_key is not null
            and not exists (
                select
                from public.coaches as c
                where c.key = new.coach_key
                    and (
                        c.is_active
                        or private.is_staff()
                        or exists (select from public.profiles as p where p.id = new.user_id and p.active_coach_key = c.key)
                    )
            )
        then
            raise exception 'no coach %', new.coach_key
                using errcode = 'no_data_found';
        end if;
        if new.state <> 'private_user' then
            raise exception 'a new pack must be in state private_user'
                using errcode = 'check_violation';
        end if;
        new.published_at := null;
        new.offers := 0;
        return new;
    end if;
    if (new.id, new.user_id, new.created_at) is distinct from (old.id, old.user_id, old.created_at) then
        raise exception 'id, user and creation time of a pack cannot change'
            using errcode = 'check_violation';
    end if;
    if old.state <> 'private_user'
        and exists (
            select
            from unnest(content) as c (name)
            where to_jsonb(new) -> c.name is distinct from to_jsonb(old) -> c.name
        )
    then
        raise exception 'a pack offered for publication cannot change'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Withdraw the offer first; a published pack cannot change.';
    end if;
    new.published_at := old.published_at;
    new.offers := old.offers;
    if new.state = old.state then
        return new;
    end if;
    may := case old.state || ' ' || new.state
        -- Offering a pack is consent, so only its owner may do it.
        when 'private_user candidate_exemplar' then new.user_id is not distinct from (select auth.uid())
        when 'candidate_exemplar private_user' then
            new.user_id is not distinct from (select auth.uid()) or private.is_staff()
        when 'candidate_exemplar published_exemplar' then private.is_admin()
        when 'published_exemplar deprecated' then private.is_admin()
    end;
    if may is null then
        raise exception 'a pack that is % cannot become %', old.state, new.state
            using
                errcode = 'check_violation',
                hint = 'private_user → candidate_exemplar → published_exemplar → deprecated; candidate_exemplar → private_user.';
    end if;
    if not may then
        raise exception 'only the owner may offer a pack, and only an admin may publish or deprecate it'
            using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'published_exemplar' then
        new.published_at := now();
    elsif new.state = 'candidate_exemplar' then
        new.offers := old.offers + 1;
    end if;
    return new;
end
$$;

comment on function private.guard_practice_pack() is
    'Trigger: reject state transitions of a pack that are invalid or that the caller may not make, and changes after it was offered for publication.';

revoke all on function private.guard_practice_pack() from public;
