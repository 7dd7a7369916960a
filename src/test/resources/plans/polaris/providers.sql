-- Reads of the webhooks of PayMongo and PayPal, and queries of the jobs that apply them. The comment before each query names the callers and the indexes of its plan.

-- admin: idx_paymongo_events_received_at
select * from public.v_paymongo_events_flat order by received_at desc limit 50;

-- admin: paypal_events_pkey
select * from public.v_paypal_events_flat where event_id = '{public.paypal_events.event_id}';

-- admin: payment_events_provider_event_id_key
select status, outcome from public.v_paypal_events_flat where event_id = '{public.paypal_events.event_id}';

-- admin: idx_paypal_events_event_type_received_at
select * from public.v_paypal_events_flat where event_type = 'x' order by received_at desc limit 50;

-- operator: idx_paymongo_events_failed
select e.event_id from public.paymongo_events as e where e.state = 'failed' order by e.processed_at limit 100;

-- operator: idx_paymongo_events_about
select e.event_id from public.paymongo_events as e where e.about && array['pay_77', 'x'] and e.raw <> '{}';

-- operator: idx_paypal_events_failed
select e.event_id from public.paypal_events as e where e.state = 'failed' order by e.processed_at limit 100;

-- operator: idx_paypal_events_about
select e.event_id from public.paypal_events as e where e.about && array['pay_77', 'x'] and e.raw <> '{}';

-- operator: idx_paypal_captures_order_id
select from public.paypal_captures as c where c.order_id = '{public.paypal_captures.order_id}';

-- operator: idx_paymongo_payments_payment_intent_id
select from public.paymongo_payments as p where p.payment_intent_id = '{public.paymongo_payments.payment_intent_id}';
