create or replace function private.list_my_blind_chat_sides()
returns table (blind_chat_id uuid, side text)
language plpgsql
stable
security definer
rows 20
set search_path = ''
as $$
begin
    return query
        select c.id, s.side
        from private.list_my_match_sides() as s
        join public.blind_chats as c on c.match_id = s.match_id;
end
$$;

comment on function private.list_my_blind_chat_sides() is
    'The caller''s blind chats with the caller''s side (a or b) in each.';

revoke all on function private.list_my_blind_chat_sides() from public;
grant execute on function private.list_my_blind_chat_sides() to authenticated;
