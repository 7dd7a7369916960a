create or replace function private.is_match_participant(match_row public.matches, uid uuid)
returns boolean
language sql
immutable
security invoker
set search_path = ''
as $$
    select coalesce(uid in (match_row.user_a, match_row.user_b), false)
$$;

comment on function private.is_match_participant(public.matches, uuid) is
    'Whether the account takes part in the match. Internal: a role with execute could check any account.';

revoke all on function private.is_match_participant(public.matches, uuid) from public;
