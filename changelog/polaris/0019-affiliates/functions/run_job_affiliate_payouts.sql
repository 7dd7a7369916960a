create or replace function private.run_job_affiliate_payouts()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    due record;
    seen integer := 0;
    made integer := 0;
begin
    delete from private.former_accounts as f
    where f.deleted_at < now() - interval '2 years';
    for due in
        select c.affiliate_id, c.currency_code
        from private.v_due_commissions as c
        join public.affiliates as a on a.id = c.affiliate_id and a.status = 'active'
        join public.affiliate_programs as p on p.id = a.program_id and p.currency_code = c.currency_code
        where a.payout_method <> '{}'
            and coalesce(a.payout_method_since <= now() - p.payout_change_days * interval '1 day', true)
            and not exists (
                select
                from public.affiliate_payouts as o
                where o.affiliate_id = c.affiliate_id
                    and o.currency_code = c.currency_code
                    and o.status in ('scheduled', 'approved', 'processing')
            )
        group by c.affiliate_id, c.currency_code, p.min_payout_minor
        having sum(c.amount_minor) >= p.min_payout_minor
        limit 1001
    loop
        seen := seen + 1;
        exit when seen > 1000;
        if private.take_affiliate_payout(due.affiliate_id, due.currency_code) is not null then
            made := made + 1;
        end if;
    end loop;
    return jsonb_build_object('made', made, 'more', seen > 1000);
end
$$;

comment on function private.run_job_affiliate_payouts() is
    'Schedule up to 1,000 payouts, for active affiliates whose due commissions reached the minimum in the program''s currency and who have no unfinished payout; return how many, and whether more are left. Delete former accounts after two years. Internal: no API role may execute it.';

revoke all on function private.run_job_affiliate_payouts() from public;
