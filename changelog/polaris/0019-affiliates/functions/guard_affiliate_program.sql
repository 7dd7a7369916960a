create or replace function private.guard_affiliate_program()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if exists (
        select
        from public.affiliates as a
        where a.program_id = new.id
            and a.user_id = (select auth.uid())
    ) then
        raise exception 'admins cannot change a program that pays them'
            using
                errcode = 'insufficient_privilege',
                hint = 'Ask an admin who is not an affiliate of this program.';
    end if;
    return new;
end
$$;

comment on function private.guard_affiliate_program() is
    'Trigger: reject changes of a program by an admin who is an affiliate of it.';

revoke all on function private.guard_affiliate_program() from public;
