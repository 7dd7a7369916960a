create or replace view public.my_reveals
with (security_invoker = true)
as
select
    r.id,
    r.match_id,
    case when r.requested_side = s.side then 'me' else 'them' end as requested_by,
    r.status,
    r.requested_at,
    r.responded_at,
    r.expires_at
from public.reveals as r
join private.list_my_match_sides() as s on s.match_id = r.match_id;

comment on view public.my_reveals is
    'Reveal requests in the caller''s matches; requested_by is me or them.';

revoke all on table public.my_reveals from public, anon, authenticated, service_role;
