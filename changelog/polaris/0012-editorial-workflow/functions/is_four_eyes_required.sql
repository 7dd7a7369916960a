create or replace function private.is_four_eyes_required()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(
        (
            select case s.value when 'true' then true when 'false' then false end
            from public.settings as s
            where s.key = 'editorial_four_eyes'
        ),
        -- Not set: as soon as there is a second admin.
        (
            select count(*) > 1
            from public.profiles as p
            where p.role = 'admin'
        )
    )
$$;

comment on function private.is_four_eyes_required() is
    'Whether whoever last wrote an item may not approve it: the setting editorial_four_eyes, true or false; where it is not set, whether there are two admins. Called by definers only; nobody else may execute it.';

revoke all on function private.is_four_eyes_required() from public;
