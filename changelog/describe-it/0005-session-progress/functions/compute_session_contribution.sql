create or replace function private.compute_session_contribution(
    p_session public.sessions,
    out sessions bigint,
    out minutes bigint,
    out descriptions bigint,
    out images bigint,
    out questions bigint,
    out correct bigint,
    out words bigint,
    out active_at timestamptz,
    out described_at timestamptz,
    out answered_at timestamptz,
    out practised_at timestamptz
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if isfinite(p_session.ended_at) then
        sessions := 1;
        minutes := coalesce(
            p_session.duration_minutes,
            case
                when isfinite(p_session.started_at)
                then greatest(0, floor((extract(epoch from p_session.ended_at) - extract(epoch from p_session.started_at)) / 60))
            end,
            0
        );
        descriptions := coalesce(p_session.descriptions_generated, 0);
        images := coalesce(p_session.images_processed, 0);
        questions := coalesce(p_session.qa_attempts, 0);
        correct := coalesce(p_session.qa_correct, 0);
        words := coalesce(p_session.vocabulary_learned, 0);
        active_at := p_session.ended_at;
        described_at := case when descriptions > 0 or p_session.session_type::text = 'description' then active_at end;
        answered_at := case when questions > 0 or p_session.session_type::text = 'qa' then active_at end;
        practised_at := case when words > 0 or p_session.session_type::text = 'vocabulary' then active_at end;
    else
        sessions := 0;
        minutes := 0;
        descriptions := 0;
        images := 0;
        questions := 0;
        correct := 0;
        words := 0;
    end if;
end
$$;

comment on function private.compute_session_contribution(public.sessions) is
    'Contribution of one session to its user''s progress; zero until the session has ended. Without duration_minutes, the whole minutes from start to end count.';

revoke all on function private.compute_session_contribution(public.sessions) from public;
