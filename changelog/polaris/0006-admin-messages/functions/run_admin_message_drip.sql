create or replace function public.run_admin_message_drip(p_limit integer default 10000)
returns jsonb
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    started integer;
    enqueued integer := 0;
    gave_up integer;
    finished integer;
    steps integer := 0;
    message_id uuid;
    walked uuid;
    now_walked uuid;
    expanded boolean;
begin
    if p_limit is null or p_limit not between 1000 and 100000 then
        raise exception 'p_limit must be 1000 to 100000 users'
            using errcode = 'invalid_parameter_value';
    end if;
    update public.admin_messages as msg
    set state = 'sending'
    where msg.id = any (array(
        select due.id
        from public.admin_messages as due
        where due.state = 'scheduled'
            and due.send_at <= now()
        for no key update skip locked
    ));
    get diagnostics started = row_count;

    for message_id, walked in
        select msg.id, msg.expanded_to
        from public.admin_messages as msg
        where msg.state = 'sending'
            and msg.expanded_at is null
        order by msg.send_at, msg.id
    loop
        while steps < p_limit / 1000 loop
            enqueued := enqueued + public.enqueue_admin_message(message_id, 1000);
            steps := steps + 1;
            select msg.expanded_to, msg.expanded_at is not null
            into now_walked, expanded
            from public.admin_messages as msg
            where msg.id = message_id;
            -- No progress although users are left means that another worker holds the message.
            exit when expanded or now_walked is not distinct from walked;
            walked := now_walked;
        end loop;
    end loop;

    update public.admin_message_deliveries as d
    set failed_at = now(),
        claimed_by = null,
        last_error = coalesce(d.last_error, 'no sender reported a result')
    where d.id = any (array(
        select lost.id
        from public.admin_messages as msg
        join public.admin_message_deliveries as lost on lost.message_id = msg.id
        where msg.state = 'sending'
            and lost.sent_at is null
            and lost.failed_at is null
            and lost.attempts >= 5
            and lost.next_attempt_at <= now()
        limit 10000
        for no key update of lost skip locked
    ));
    get diagnostics gave_up = row_count;

    update public.admin_messages as msg
    set state = 'sent'
    where msg.id = any (array(
        select done.id
        from public.admin_messages as done
        where done.state = 'sending'
            and done.expanded_at is not null
            and not exists (
                select
                from public.admin_message_deliveries as d
                where d.message_id = done.id
                    and d.sent_at is null
                    and d.failed_at is null
            )
        for no key update skip locked
    ));
    get diagnostics finished = row_count;
    return jsonb_build_object('started', started, 'enqueued', enqueued, 'gave_up', gave_up, 'finished', finished);
end
$$;

comment on function public.run_admin_message_drip(integer) is
    'Start due messages, create deliveries for up to p_limit users, give up deliveries lost by five senders, and finish complete messages; returns the numbers. For a job of the service every few minutes.';

revoke all on function public.run_admin_message_drip(integer) from public, anon, authenticated, service_role;
grant execute on function public.run_admin_message_drip(integer) to service_role;
