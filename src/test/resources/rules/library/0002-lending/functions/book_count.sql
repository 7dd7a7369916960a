create or replace function private.book_count()
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
    select count(*)
    from public.books as b
    join public.shelves as s on s.id = b.shelf_id
$$;

revoke all on function private.book_count() from public;
