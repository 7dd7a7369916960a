create or replace function private.is_four_eyes_required()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return coalesce(
        (
            select case s.value when 'true' then true when 'false' then false end
            from public.settings as s
            where s.key = 'editorial_four_eyes'
        ),
        -- Default: required as soon as there is a second admin.
        (
            select count(*) > 1
            from public.profiles as p
            where p.role = 'admin'
        )
    );
end
$$;

comment on function private.is_four_eyes_required() is
    'Whether an item must be approved by an admin who wrote none of it: the setting editorial_four_eyes, or, if not set, whether there is more than one admin. Internal: no role may execute it directly.';

revoke all on function private.is_four_eyes_required() from public;
