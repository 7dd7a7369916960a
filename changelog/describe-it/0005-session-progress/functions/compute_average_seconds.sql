create or replace function private.compute_average_seconds(p_minutes bigint, p_sessions bigint)
returns integer
language plpgsql
immutable
security invoker
set search_path = ''
as $$
begin
    return case when p_sessions > 0 then least(round(60.0 * p_minutes / p_sessions), 2147483647) else 0 end;
end
$$;

comment on function private.compute_average_seconds(bigint, bigint) is
    'Average seconds per session, computed from whole minutes; 0 without sessions.';

revoke all on function private.compute_average_seconds(bigint, bigint) from public;
