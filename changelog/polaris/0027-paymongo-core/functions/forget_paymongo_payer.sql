create or replace function private.forget_paymongo_payer()
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
    -- What failed holds money that is not booked yet; it is emptied when it is.
    update public.paymongo_events as e
    set raw = '{}'
    where e.about && array[to_jsonb(old) ->> tg_argv[0], old.user_id::text]
        and e.state <> 'failed'
        and e.raw <> '{}';
    return null;
end
$$;

comment on function private.forget_paymongo_payer() is
    'Empties raw of the events that name the id in the column that is its argument, or the account, once that is deleted.';

revoke all on function private.forget_paymongo_payer() from public;
