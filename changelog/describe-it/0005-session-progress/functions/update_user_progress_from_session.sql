create or replace function private.update_user_progress_from_session()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    accounts uuid[];
begin
    if tg_op = 'INSERT' then
        accounts := array(select distinct s.user_id from became as s where s.ended_at is not null);
    elsif tg_op = 'DELETE' then
        accounts := array(select distinct s.user_id from was as s where s.ended_at is not null);
    else
        -- Most updates are of a session that has not ended.
        if not exists (select from was as s where s.ended_at is not null) and not exists (select from became as s where s.ended_at is not null) then
            return null;
        end if;
        accounts := array(
            with before as (
                select s.user_id, s.session_type, s.started_at, s.ended_at, s.duration_minutes, s.images_processed, s.descriptions_generated,
                    s.qa_attempts, s.qa_correct, s.vocabulary_learned
                from was as s
                where s.ended_at is not null
            ),
            after as (
                select s.user_id, s.session_type, s.started_at, s.ended_at, s.duration_minutes, s.images_processed, s.descriptions_generated,
                    s.qa_attempts, s.qa_correct, s.vocabulary_learned
                from became as s
                where s.ended_at is not null
            )
            select gone.user_id from (table before except all table after) as gone
            union
            select come.user_id from (table after except all table before) as come
        );
    end if;

    -- Deleting a user also deletes the sessions, but must not insert progress.
    accounts := array(select u.id from public.users as u where u.id = any (accounts));
    if cardinality(accounts) > 0 then
        perform private.recompute_user_progress(accounts);
    end if;
    return null;
end
$$;

comment on function private.update_user_progress_from_session() is
    'Trigger: recompute the progress of the users whose finished sessions a statement changed.';

revoke all on function private.update_user_progress_from_session() from public;
