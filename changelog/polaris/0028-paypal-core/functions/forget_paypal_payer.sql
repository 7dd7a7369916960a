create or replace function private.forget_paypal_payer()
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
    -- A failed event is not booked yet and still needs its body, which is emptied after the booking.
    update public.paypal_events as e
    set raw = '{}',
        about = array(select named.id from unnest(e.about) as named (id) where private.parse_uuid(named.id) is distinct from old.user_id)
    where e.about && array[to_jsonb(old) ->> tg_argv[0], old.user_id::text]
        and e.state <> 'failed'
        and (e.raw <> '{}' or e.about && array[old.user_id::text]);
    return null;
end
$$;

comment on function private.forget_paypal_payer() is
    'Empty the body, and remove the account from about, of the PayPal events that name a deleted account, or the id in the column given as trigger argument.';

revoke all on function private.forget_paypal_payer() from public;
