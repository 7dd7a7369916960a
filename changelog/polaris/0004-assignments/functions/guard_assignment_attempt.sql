create or replace function private.guard_assignment_attempt()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        -- Hold the lock until the attempt is inserted, so that the assignment cannot end in between.
        perform
        from public.assignments as a
        where a.id = new.assignment_id
            and a.state = 'in_progress'
        for no key update;
        if not found then
            raise exception 'assignment % is not in progress', new.assignment_id
                using errcode = 'object_not_in_prerequisite_state';
        end if;
        -- Reviewers open attachments with more rights than the learner has, so each file must be the learner's own.
        if not private.are_files_in_folder(new.attachments, new.user_id) then
            raise exception 'an attachment must be in the folder of its author'
                using
                    errcode = 'insufficient_privilege',
                    hint = 'Upload it to user-media first, under your own account id.';
        end if;
        new.scored_at := case when new.score is not null then now() end;
        return new;
    end if;
    if (new.id, new.assignment_id, new.user_id, new.coach_key, new.submitted_at, new.duration_sec, new.input_payload, new.attachments, new.created_at)
            is distinct from
            (old.id, old.assignment_id, old.user_id, old.coach_key, old.submitted_at, old.duration_sec, old.input_payload, old.attachments, old.created_at)
        or new.item_id is distinct from old.item_id and new.item_id is not null
    then
        raise exception 'an answer cannot change after it was submitted'
            using
                errcode = 'check_violation',
                hint = 'Only the assessment may change: score, outcome, rubric_scores, metrics, transcript, feedback, flags.';
    end if;
    new.scored_at := case
        when new.score is null then null
        when new.score is distinct from old.score then now()
        else old.scored_at
    end;
    return new;
end
$$;

comment on function private.guard_assignment_attempt() is
    'Trigger: accept attempts only while the assignment is in progress and only with the learner''s own files, keep answers unchanged, and set scored_at.';

revoke all on function private.guard_assignment_attempt() from public;
