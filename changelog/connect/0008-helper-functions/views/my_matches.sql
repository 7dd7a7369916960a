create or replace view public.my_matches
with (security_invoker = true)
as
select
    m.id,
    m.status,
    s.side as my_side,
    case s.side when 'a' then m.accepted_at_a else m.accepted_at_b end is not null as accepted_by_me,
    case s.side when 'a' then m.accepted_at_b else m.accepted_at_a end is not null as accepted_by_them,
    m.astro_score,
    m.hd_score,
    m.values_score,
    m.communication_score,
    m.readiness_score,
    m.total_score,
    m.score_breakdown,
    m.explanation,
    m.engine_version,
    m.proposed_at,
    m.expires_at,
    m.closed_at,
    m.created_at,
    m.updated_at
from public.matches as m
join private.list_my_match_sides() as s on s.match_id = m.id;

comment on view public.my_matches is
    'The caller''s matches, and which sides have accepted.';

revoke all on table public.my_matches from public, anon, authenticated, service_role;
