create or replace function private.check_entry_balances()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    entry uuid := (to_jsonb(new) ->> case tg_table_name when 'ledger_entries' then 'id' else 'entry_id' end)::uuid;
begin
    if exists (
            select
            from public.ledger_postings as p
            where p.entry_id = entry
            group by p.currency_code
            having sum(p.amount_minor) <> 0
        )
        or not exists (select from public.ledger_postings as p where p.entry_id = entry)
    then
        raise exception 'ledger entry % has no postings, or they do not sum to zero', entry
            using errcode = 'check_violation';
    end if;
    return null;
end
$$;

comment on function private.check_entry_balances() is
    'Reject, at the end of the transaction, a ledger entry without postings or whose postings do not sum to zero in each currency.';

revoke all on function private.check_entry_balances() from public;
