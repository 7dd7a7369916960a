create or replace function private.has_paid(p_user uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (
        select
        from public.payments as p
        where p.user_id = p_user
            and p.captured_minor > 0
    );
end
$$;
