create or replace function private.apply_as_affiliate(p_program text, p_code text, p_display_name text, p_website text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    applicant uuid := (select auth.uid());
    program uuid;
    applied uuid;
    wanted text := coalesce(lower(p_code), substr(replace(gen_random_uuid()::text, '-', ''), 1, 12));
begin
    if applicant is null then
        raise exception 'only who is signed in applies'
            using errcode = 'insufficient_privilege';
    end if;
    select p.id
    into program
    from public.affiliate_programs as p
    where p.code = p_program
        and p.is_active;
    if program is null then
        raise exception 'no program % to join', p_program
            using errcode = 'no_data_found';
    end if;
    select a.id
    into applied
    from public.affiliates as a
    where a.user_id = applicant
        and a.program_id = program;
    if applied is null then
        begin
            insert into public.affiliates (user_id, program_id, code, display_name, website)
            values (applicant, program, wanted, p_display_name, p_website)
            on conflict (user_id, program_id) do nothing
            returning id into applied;
            if applied is null then
                -- The same person on two connections: the other one was first.
                return (select a.id from public.affiliates as a where a.user_id = applicant and a.program_id = program);
            end if;
            insert into public.affiliate_links (affiliate_id, affiliate_user_id, code)
            values (applied, applicant, wanted);
        exception
            when unique_violation then
                raise exception 'the code % is taken', wanted
                    using
                        errcode = 'unique_violation',
                        hint = 'Choose another, or none to get one.';
        end;
    end if;
    return applied;
end
$$;

comment on function private.apply_as_affiliate(text, text, text, text) is
    'Applies for a program and keeps the code; the id of the affiliate, the same when called again.';

revoke all on function private.apply_as_affiliate(text, text, text, text) from public;
grant execute on function private.apply_as_affiliate(text, text, text, text) to authenticated;

create or replace function public.apply_as_affiliate(p_program text, p_code text default null, p_display_name text default null, p_website text default null)
returns uuid
language sql
volatile
security invoker
set search_path = ''
return private.apply_as_affiliate(p_program, p_code, p_display_name, p_website);

comment on function public.apply_as_affiliate(text, text, text, text) is
    'Applies for a program; an admin decides. The code is kept from then on; null to get one.';

revoke all on function public.apply_as_affiliate(text, text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.apply_as_affiliate(text, text, text, text) to authenticated;
