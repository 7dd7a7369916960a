create or replace function private.process_paypal_event(p_event text)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    event public.paypal_events;
    report jsonb;
    told text[] := '{}'::text[];
begin
    select *
    into strict event
    from public.paypal_events as e
    where e.event_id = p_event
    for update;
    if event.state <> 'failed' then
        return;
    end if;

    if event.livemode <> private.is_livemode() then
        update public.paypal_events as e
        set state = 'ignored',
            outcome = case when event.livemode then 'live event, but payments_livemode is false' else 'test event, but payments_livemode is not false' end,
            processed_at = clock_timestamp()
        where e.event_id = p_event;
    else
        begin
            for report in
                select r
                from private.build_paypal_reports(event) as r
            loop
                -- raw refers to this event: a copy of the body would have to be emptied twice.
                perform private.record_payment_event(
                    jsonb_strip_nulls(report) || jsonb_build_object('provider', 'paypal', 'raw', jsonb_build_object('paypal_event', p_event)));
                told := told || (report ->> 'event_id');
            end loop;
            update public.paypal_events as e
            set state = case when told = '{}' then 'ignored' else 'reported' end,
                outcome = case when told = '{}' then 'no money moved' end,
                reports = told,
                processed_at = clock_timestamp()
            where e.event_id = p_event;
        exception
            when others then
                -- For transient errors and accounts being deleted, raise, so that the provider resends the event.
                if sqlstate ~ '^(40|53|55|57)' or sqlstate = '23503' then
                    raise;
                end if;
                update public.paypal_events as e
                set outcome = left(sqlerrm, 1000),
                    processed_at = clock_timestamp()
                where e.event_id = p_event;
        end;
    end if;

    -- Empty the body of an event that arrives after its account was deleted.
    update public.paypal_events as e
    set raw = '{}',
        about = array(
            select named.id
            from unnest(e.about) as named (id)
            where private.parse_uuid(named.id) is null
                or exists (select from public.profiles as p where p.id = private.parse_uuid(named.id))
        )
    where e.event_id = p_event
        and e.state <> 'failed'
        and (
            exists (
                select
                from public.payments as p
                where p.provider = 'paypal'
                    and p.payment_ref = any (e.about)
                    and p.user_id is null
                    and p.claimed_at is not null
            )
            or exists (
                select
                from unnest(e.about) as named (id)
                where private.parse_uuid(named.id) is not null
                    and not exists (select from public.profiles as p where p.id = private.parse_uuid(named.id))
            )
            -- A renewal names only the subscription, which was deleted with the account.
            or exists (
                select
                from public.payment_events as o
                where o.provider = 'paypal'
                    and o.subscription_ref = any (e.about)
                    and o.event_type = 'subscription_updated'
                    and o.status = 'applied'
                    and not exists (select from public.subscriptions as s where s.provider = 'paypal' and s.external_ref = o.subscription_ref)
            )
        );
end
$$;

comment on function private.process_paypal_event(text) is
    'Translate a PayPal event into reports and record all of them or none; an event that cannot be translated stays failed, with the reason. Internal: no API role may execute it.';

revoke all on function private.process_paypal_event(text) from public;
