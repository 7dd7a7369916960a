create or replace function private.get_account()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return (
        select p.id
        from public.profiles as p
        where p.id = (select auth.uid())
    );
end
$$;

comment on function private.get_account() is
    'Account of the caller; null for a token whose account is deleted, which stays valid until it expires.';

revoke all on function private.get_account() from public;
grant execute on function private.get_account() to authenticated;
