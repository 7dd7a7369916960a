create or replace function private.get_my_usage(p_key text)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
    select private.compute_limit_usage((select auth.uid()), p_key, now())
$$;

comment on function private.get_my_usage(text) is 'How much of p_key the caller used in the window of now.';

revoke all on function private.get_my_usage(text) from public;
grant execute on function private.get_my_usage(text) to authenticated;
