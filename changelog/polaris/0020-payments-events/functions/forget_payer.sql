create or replace function private.forget_payer()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if exists (select from public.profiles as p where p.id = old.user_id) then
        return null;
    end if;
    if tg_table_name = 'payments' then
        update public.payment_events as e
        set raw = '{}'
        where e.provider = old.provider
            and e.payment_ref = to_jsonb(old) ->> 'payment_ref'
            and e.raw <> '{}';
    else
        update public.payment_events as e
        set raw = '{}'
        where e.provider = old.provider
            and e.subscription_ref = to_jsonb(old) ->> 'external_ref'
            and e.raw <> '{}';
    end if;
    return null;
end
$$;

comment on function private.forget_payer() is 'Empty raw of the payment events of a payment or subscription after its user''s account is deleted.';

revoke all on function private.forget_payer() from public;
