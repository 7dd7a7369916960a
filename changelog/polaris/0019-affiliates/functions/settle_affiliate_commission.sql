create or replace function private.settle_affiliate_commission(
    p_provider text,
    p_payment_ref text,
    p_user uuid,
    p_currency_code text,
    p_left_minor bigint,
    p_captured_at timestamptz,
    p_is_new boolean
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    earned public.affiliate_commissions;
    brought record;
    change bigint;
begin
    select *
    into earned
    from public.affiliate_commissions as c
    where c.provider = p_provider
        and c.payment_ref = p_payment_ref
        and c.kind = 'accrued';
    if not found then
        if not p_is_new then
            return;
        end if;
        -- Waits for a concurrent attach_affiliate_referral of this user.
        perform
        from public.profiles as p
        where p.id = p_user
        for no key update;
        select r.id, r.affiliate_id, a.user_id, coalesce(a.rate_bps, p.default_rate_bps) as rate_bps
        into brought
        from public.affiliate_referrals as r
        join public.affiliates as a on a.id = r.affiliate_id
        join public.affiliate_programs as p on p.id = a.program_id
        where r.user_id = p_user
            and r.status <> 'disqualified'
            and r.attached_at <= p_captured_at
            and a.status = 'active'
        for key share of a;
        -- div on numeric is exact for any amount.
        change := div(p_left_minor::numeric * brought.rate_bps, 10000)::bigint;
        if change > 0 then
            insert into public.affiliate_commissions (
                affiliate_id, affiliate_user_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code
            )
            values (
                brought.affiliate_id, brought.user_id, brought.id, 'accrued', p_provider, p_payment_ref, p_left_minor, brought.rate_bps, change, p_currency_code
            );
            update public.affiliate_referrals as r
            set status = 'converted',
                converted_at = now()
            where r.id = brought.id
                and r.status = 'attached';
        end if;
        return;
    end if;
    change := div(p_left_minor::numeric * earned.rate_bps, 10000)::bigint - earned.amount_minor - coalesce(
        (
            select sum(c.amount_minor)::bigint
            from public.affiliate_commissions as c
            where c.provider = p_provider
                and c.payment_ref = p_payment_ref
                and c.kind = 'reversed'
        ),
        0
    );
    -- After the capture, what is left of a payment only decreases.
    if change < 0 then
        insert into public.affiliate_commissions (
            affiliate_id, affiliate_user_id, referral_id, kind, provider, payment_ref, base_minor, rate_bps, amount_minor, currency_code
        )
        select
            a.id, a.user_id, earned.referral_id, 'reversed', p_provider, p_payment_ref, p_left_minor, earned.rate_bps, change, earned.currency_code
        from (
            select a.id, a.user_id
            from public.affiliates as a
            where a.id = earned.affiliate_id
            for key share
        ) as a
        on conflict do nothing;
    end if;
end
$$;

comment on function private.settle_affiliate_commission(text, text, uuid, text, bigint, timestamptz, boolean) is
    'Write the commission that a captured payment earns an active affiliate, or its reversal after a refund or lost dispute. Internal: no API role may execute it.';

revoke all on function private.settle_affiliate_commission(text, text, uuid, text, bigint, timestamptz, boolean) from public;
