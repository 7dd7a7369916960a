create or replace function private.get_my_usage(p_key text)
returns numeric
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return private.compute_limit_usage(auth.uid(), p_key, now());
end
$$;

comment on function private.get_my_usage(text) is 'Amount of p_key that the caller has used in the current window.';

revoke all on function private.get_my_usage(text) from public;
grant execute on function private.get_my_usage(text) to authenticated;
