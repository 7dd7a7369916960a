create or replace function private.apply_entitlement_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    person uuid := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
    plan text;
begin
    if tg_op <> 'DELETE' then
        insert into public.entitlement_history (entitlement_id, user_id, action, plan_code, starts_at, ends_at, source, reason)
        values (
            new.id, new.user_id,
            case
                when tg_op = 'INSERT' then 'granted'
                when old.revoked_at is null and new.revoked_at is not null then 'revoked'
                else 'changed'
            end,
            new.plan_code, new.starts_at, new.ends_at, new.source, new.reason
        );
    end if;
    -- Lock the profile first, so that the second of two concurrent grants sees the first. Use clock_timestamp(), because the first grant may be
    -- later than the start of this transaction.
    perform
    from public.profiles as p
    where p.id = person
    for no key update;
    plan := private.get_tier_at(person, clock_timestamp());
    update public.profiles as p
    set tier = plan
    where p.id = person
        and p.tier <> plan;
    return null;
end
$$;

comment on function private.apply_entitlement_change() is 'Add a row to entitlement_history for an insert or update, and update the user''s profiles.tier.';

revoke all on function private.apply_entitlement_change() from public;
