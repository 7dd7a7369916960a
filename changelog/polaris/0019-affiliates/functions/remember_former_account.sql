create or replace function private.remember_former_account()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if old.email is not null
        and (
            private.has_paid(old.id)
            or exists (select from public.affiliate_referrals as r where r.user_id = old.id)
            or exists (select from public.affiliates as a where a.user_id = old.id)
        )
    then
        insert into private.former_accounts (email_hash)
        values (private.hash_email(old.email))
        on conflict (email_hash) do update
        set deleted_at = excluded.deleted_at;
    end if;
    return old;
end
$$;

comment on function private.remember_former_account() is
    'Trigger: keep the hashed e-mail address of a deleted account that paid, was referred or was an affiliate.';

revoke all on function private.remember_former_account() from public;
