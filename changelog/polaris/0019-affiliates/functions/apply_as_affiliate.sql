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
        raise exception 'only a signed-in user may apply'
            using errcode = 'insufficient_privilege';
    end if;
    select p.id
    into program
    from public.affiliate_programs as p
    where p.code = p_program
        and p.is_active;
    if program is null then
        raise exception 'program % does not exist or is not active', p_program
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
                -- A concurrent call of the same user was first: return its row.
                return (select a.id from public.affiliates as a where a.user_id = applicant and a.program_id = program);
            end if;
            insert into public.affiliate_links (affiliate_id, affiliate_user_id, code)
            values (applied, applicant, wanted);
        exception
            when unique_violation then
                raise exception 'code % is already taken', wanted
                    using
                        errcode = 'unique_violation',
                        hint = 'Choose another code, or pass null for a random one.';
        end;
    end if;
    return applied;
end
$$;

comment on function private.apply_as_affiliate(text, text, text, text) is
    'Apply to an affiliate program, which reserves the code; return the id of the affiliate, also when called again. For signed-in users.';

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
    'Apply to an affiliate program; an admin decides. p_code is reserved from then on; null for a random code. Returns the id of the affiliate. For signed-in users.';

revoke all on function public.apply_as_affiliate(text, text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.apply_as_affiliate(text, text, text, text) to authenticated;
