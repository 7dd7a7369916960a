create or replace function private.list_my_match_sides()
returns table (match_id uuid, side text)
language plpgsql
stable
security definer
rows 20
set search_path = ''
as $$
begin
    return query
        select m.id, 'a'
        from public.matches as m
        where m.user_a = (select auth.uid())
        union all
        select m.id, 'b'
        from public.matches as m
        where m.user_b = (select auth.uid());
end
$$;

comment on function private.list_my_match_sides() is
    'The caller''s matches with the caller''s side (a or b) in each; no rows for a caller without an account.';

revoke all on function private.list_my_match_sides() from public;
grant execute on function private.list_my_match_sides() to authenticated;
