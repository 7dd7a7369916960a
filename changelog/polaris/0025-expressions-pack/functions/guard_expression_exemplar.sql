create or replace function private.guard_expression_exemplar()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    loose constant text[] := array['state', 'published_at', 'created_by', 'updated_at'];
begin
    if tg_op = 'INSERT' then
        if new.state = 'deprecated' then
            raise exception 'a new exemplar must be candidate_exemplar or published_exemplar'
                using errcode = 'check_violation';
        end if;
        new.created_by := (select auth.uid());
        new.published_at := case when new.state = 'published_exemplar' then now() end;
        return new;
    end if;
    if (new.id, new.source_item_id, new.created_at) is distinct from (old.id, old.source_item_id, old.created_at)
        or new.created_by is distinct from old.created_by and new.created_by is not null
    then
        raise exception 'the id, source item, creation time and author of an exemplar cannot change'
            using errcode = 'check_violation';
    end if;
    if old.state <> 'candidate_exemplar' and to_jsonb(new) - loose is distinct from to_jsonb(old) - loose then
        raise exception 'a published or deprecated exemplar cannot be changed'
            using
                errcode = 'object_not_in_prerequisite_state',
                hint = 'Deprecate it and create a new one.';
    end if;
    new.published_at := old.published_at;
    if new.state <> old.state then
        if (old.state, new.state) not in (
            ('candidate_exemplar', 'published_exemplar'), ('candidate_exemplar', 'deprecated'), ('published_exemplar', 'deprecated')
        )
        then
            raise exception 'an exemplar cannot change from % to %', old.state, new.state
                using
                    errcode = 'check_violation',
                    hint = 'candidate_exemplar → published_exemplar → deprecated, or candidate_exemplar → deprecated.';
        end if;
        if new.state = 'published_exemplar' then
            new.published_at := now();
        end if;
    end if;
    return new;
end
$$;

comment on function private.guard_expression_exemplar() is
    'Reject invalid state transitions of exemplars and changes to published ones; set the author and published_at.';

revoke all on function private.guard_expression_exemplar() from public;
