create or replace function public.claim_deliveries(p_channel text, p_limit integer, p_worker text)
returns setof public.admin_message_deliveries
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if p_channel is null or p_channel not in ('email', 'push')
        or p_limit is null or p_limit not between 1 and 1000
        or coalesce(p_worker, '') = ''
    then
        raise exception 'a claim needs the channel email or push, 1 to 1000 deliveries and the name of a worker'
            using errcode = 'invalid_parameter_value';
    end if;
    return query
        update public.admin_message_deliveries as d
        set claimed_by = p_worker,
            attempts = d.attempts + 1,
            next_attempt_at = now() + interval '10 minutes'
        where d.id = any (array(
            select pending.id
            from public.admin_messages as msg
            cross join lateral (
                select next.id
                from public.admin_message_deliveries as next
                where next.message_id = msg.id
                    and next.channel = p_channel
                    and next.sent_at is null
                    and next.failed_at is null
                    and next.next_attempt_at <= now()
                    and next.attempts < 5
                order by next.next_attempt_at
                limit p_limit
                for no key update skip locked
            ) as pending
            where msg.state = 'sending'
            order by msg.send_at
            limit p_limit
        ))
        returning d.*;
end
$$;

comment on function public.claim_deliveries(text, integer, text) is
    'Claim up to p_limit deliveries of a channel for ten minutes; afterwards another sender may claim them, up to five times in total. For the service.';

revoke all on function public.claim_deliveries(text, integer, text) from public, anon, authenticated, service_role;
grant execute on function public.claim_deliveries(text, integer, text) to service_role;
