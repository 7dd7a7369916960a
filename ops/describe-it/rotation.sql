-- Lists the user and column of each envelope that was encrypted with a given server key; never prints the envelopes.
--
--     psql -X -v ON_ERROR_STOP=1 -v old_key=2026-01 -f ops/describe-it/rotation.sql
--
-- Lines that begin with a backslash and lines between \if and \endif are for psql; any client can run the other lines.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

\if :{?old_key}
select set_config('rotation.old_key', :'old_key', false) \g /dev/null
\endif

do $$
begin
    if coalesce(current_setting('rotation.old_key', true), '') = '' then
        raise exception 'old_key is missing' using hint = 'Pass the id of the key to replace: -v old_key=...';
    end if;
end
$$;

with envelopes as (
    select k.user_id, each.name
    from public.user_api_keys as k
    cross join lateral (values
        ('openai_api_key', k.openai_api_key),
        ('unsplash_api_key', k.unsplash_api_key),
        ('anthropic_api_key', k.anthropic_api_key)
    ) as each (name, envelope)
    where split_part(each.envelope, ':', 3) = current_setting('rotation.old_key')
)
select listed.line
from (
    select 1 as part, format('%s  %s', e.user_id, e.name) as line from envelopes as e
    union all
    select 2, format('%s envelopes are encrypted with %s', count(*), current_setting('rotation.old_key')) from envelopes
) as listed
order by listed.part, listed.line;
