create or replace function private.take_affiliate_payout(p_affiliate uuid, p_currency_code text)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    payee record;
    payout uuid;
    taken record;
begin
    -- Lock the affiliate, so that concurrent calls create one payout.
    select
        a.user_id, a.payout_method,
        a.status = 'active'
            and a.payout_method <> '{}'
            and coalesce(a.payout_method_since <= now() - p.payout_change_days * interval '1 day', true) as is_payable,
        case when p.currency_code = p_currency_code then p.min_payout_minor else 1 end as least_minor
    into payee
    from public.affiliates as a
    join public.affiliate_programs as p on p.id = a.program_id
    where a.id = p_affiliate
    for no key update of a;
    select p.id
    into payout
    from public.affiliate_payouts as p
    where p.affiliate_id = p_affiliate
        and p.currency_code = p_currency_code
        and p.status in ('scheduled', 'approved', 'processing');
    if payout is not null or payee.is_payable is not true then
        return payout;
    end if;
    -- Lock the due commissions, sum them and take them by id; those on hold and those earned meanwhile go into the next payout.
    select array_agg(c.id) as ids, sum(c.amount_minor)::bigint as amount_minor, min(c.created_at) as first_at, max(c.created_at) as last_at
    into taken
    from (
        select c.id, c.amount_minor, c.created_at
        from public.affiliate_commissions as c
        where c.affiliate_id = p_affiliate
            and c.currency_code = p_currency_code
            and c.payout_id is null
            and c.id in (select d.id from private.v_due_commissions as d where d.affiliate_id = p_affiliate)
        for no key update
    ) as c;
    if taken.amount_minor >= payee.least_minor then
        insert into public.affiliate_payouts (affiliate_id, affiliate_user_id, amount_minor, currency_code, payout_method, period_start, period_end)
        values (
            p_affiliate, payee.user_id, taken.amount_minor, p_currency_code, payee.payout_method,
            (taken.first_at at time zone 'Asia/Manila')::date, (taken.last_at at time zone 'Asia/Manila')::date
        )
        returning id into payout;
        update public.affiliate_commissions as c
        set payout_id = payout
        where c.id = any (taken.ids);
    end if;
    return payout;
end
$$;

comment on function private.take_affiliate_payout(uuid, text) is
    'Schedule a payout of an active affiliate''s due commissions in a currency and return its id; else return the unfinished payout, or null below the minimum and without a payout method that is old enough. Internal: no API role may execute it.';

revoke all on function private.take_affiliate_payout(uuid, text) from public;
