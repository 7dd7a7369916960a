package changelogs.polaris.money;

import changelogs.testing.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Webhook bodies of PayMongo and PayPal, and the calls by which the server logs them after checking the signature. */
final class Webhooks {

    private static final String PAID_AT = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final long PAID_AT_SECONDS = Instant.parse(PAID_AT).getEpochSecond();

    private Webhooks() {
    }

    /** Logs the event and returns whether it is new. */
    static boolean paymongo(Session service, String body) {
        return service.value(Boolean.class, """
                select public.paymongo_log_event(b #>> '{data,id}', b #>> '{data,attributes,type}', 't=1,te=,li=5f', b, now()) from (select ?::jsonb as b) as body
                """, body);
    }

    /** Logs the event and returns whether it is new. */
    static boolean paypal(Session service, String body) {
        return service.value(Boolean.class, """
                select public.paypal_log_event(b ->> 'id', b ->> 'event_type', 'a9941940', 'kQbz==', b, now()) from (select ?::jsonb as b) as body
                """, body);
    }

    /** The state of an event: applied, ignored or failed, with the reason. */
    static String status(Session reader, String provider, String event) {
        return reader.value(String.class, "select concat_ws(': ', status, outcome) from public.v_" + provider + "_events_flat where event_id = ?", event);
    }

    static String paymongoEvent(String id, String type, String data) {
        return """
                {"data": {"id": "%s", "type": "event", "attributes": {"type": "%s", "livemode": true, "data": %s, "previous_data": {}, "created_at": %d}}}
                """.formatted(id, type, data, PAID_AT_SECONDS);
    }

    static String paid(String event, String payment, String intent, long amount) {
        return paymongoEvent(event, "payment.paid", paymongoPayment(payment, intent, amount, "paid", "null"));
    }

    /** A payment with its refunds so far. */
    static String paymongoPayment(String id, String intent, long amount, String status, String metadata, String... refunds) {
        return """
                {"id": "%s", "type": "payment", "attributes": {"amount": %d, "currency": "PHP", "fee": 1250, "net_amount": %d, "status": "%s", "livemode": true,
                    "billing": {"name": "A. Payer", "email": "payer@example.com", "phone": "0917"}, "description": "Polaris", "origin": "api",
                    "payment_intent_id": %s, "metadata": %s, "source": {"id": "src_%s", "type": "gcash"}, "refunds": [%s], "taxes": [],
                    "created_at": %d, "paid_at": %s}}
                """.formatted(id, amount, amount - 1250, status, quoted(intent), metadata, id, String.join(", ", refunds), PAID_AT_SECONDS,
                status.equals("failed") ? "null" : PAID_AT_SECONDS);
    }

    static String paymongoRefund(String id, String payment, long amount, String status) {
        return """
                {"id": "%s", "type": "refund", "attributes": {"amount": %d, "currency": "PHP", "livemode": true, "payment_id": "%s", "reason": "requested_by_customer",
                    "status": "%s", "created_at": %d, "updated_at": %d}}
                """.formatted(id, amount, payment, status, PAID_AT_SECONDS, PAID_AT_SECONDS + 5);
    }

    static String paymongoSession(String event, String metadata, String... payments) {
        return paymongoEvent(event, "checkout_session.payment.paid", """
                {"id": "cs_%s", "type": "checkout_session", "attributes": {"livemode": true, "metadata": %s, "payments": [%s],
                    "payment_intent": {"id": "pi_1", "type": "payment_intent"}, "reference_number": "R1", "status": "active"}}
                """.formatted(event, metadata, String.join(", ", payments)));
    }

    static String paymongoLink(String event, String payment) {
        return paymongoEvent(event, "link.payment.paid", """
                {"id": "link_%s", "type": "link", "attributes": {"amount": 49900, "livemode": true, "status": "paid", "payments": [{"data": %s}]}}
                """.formatted(event, payment));
    }

    static String metadata(UUID person, String price) {
        return "{\"user_id\": \"%s\", \"price_id\": \"%s\"}".formatted(person, price);
    }

    static String paypalEvent(String id, String type, String at, String resource) {
        return """
                {"id": "%s", "event_version": "1.0", "create_time": "%s", "resource_type": "%s", "event_type": "%s", "summary": "Something happened", "resource": %s,
                    "links": [{"href": "https://api.paypal.com/v1/notifications/webhooks-events/%s", "rel": "self", "method": "GET"}]}
                """.formatted(id, at, type.split("\\.")[1].toLowerCase(), type, resource, id);
    }

    static String paypalEvent(String id, String type, String resource) {
        return paypalEvent(id, type, PAID_AT, resource);
    }

    static String completed(String event, String capture, String order, String value, String currency) {
        return paypalEvent(event, "PAYMENT.CAPTURE.COMPLETED", capture(capture, order, null, value, currency));
    }

    static String capture(String id, String order, String custom, String value, String currency) {
        return """
                {"id": "%s", "amount": {"currency_code": "%s", "value": "%s"}, "final_capture": true, "custom_id": %s, "status": "COMPLETED",
                    "seller_receivable_breakdown": {"gross_amount": {"currency_code": "%s", "value": "%s"}, "paypal_fee": {"currency_code": "%s", "value": "1"}},
                    "supplementary_data": {"related_ids": {"order_id": %s}}, "create_time": "%s", "update_time": "%s",
                    "links": [{"href": "https://api.paypal.com/v2/payments/captures/%s", "rel": "self"}, %s]}
                """.formatted(id, currency, value, quoted(custom), currency, value, currency, quoted(order), PAID_AT, PAID_AT, id,
                up("https://api.paypal.com/v2/" + (order == null ? "payments/authorizations/7W51" : "checkout/orders/" + order)));
    }

    static String order(String id, String custom, String value, String currency) {
        return """
                {"id": "%s", "intent": "CAPTURE", "status": "APPROVED", "create_time": "%s",
                    "payer": {"payer_id": "QYR5Z8XDVJNXQ", "email_address": "payer@example.com", "name": {"given_name": "A", "surname": "Payer"}},
                    "purchase_units": [{"reference_id": "default", "custom_id": %s, "amount": {"currency_code": "%s", "value": "%s"}}]}
                """.formatted(id, PAID_AT, quoted(custom), currency, value);
    }

    /** A refund or a reversal, which has the same structure. */
    static String captureRefund(String id, String capture, String value, String currency) {
        return """
                {"id": "%s", "amount": {"currency_code": "%s", "value": "%s"}, "status": "COMPLETED", "create_time": "%s", "update_time": "%s",
                    "links": [{"href": "https://api.paypal.com/v2/payments/refunds/%s", "rel": "self"}, %s]}
                """.formatted(id, currency, value, PAID_AT, PAID_AT, id, up("https://api.paypal.com/v2/payments/captures/" + capture));
    }

    static String sale(String id, String agreement, String total, String currency) {
        return """
                {"id": "%s", "billing_agreement_id": "%s", "amount": {"total": "%s", "currency": "%s", "details": {"subtotal": "%s"}}, "state": "completed",
                    "transaction_fee": {"currency": "%s", "value": "1.02"}, "create_time": "%s", "update_time": "%s",
                    "links": [{"href": "https://api.paypal.com/v1/payments/sale/%s", "rel": "self"}]}
                """.formatted(id, agreement, total, currency, total, currency, PAID_AT, PAID_AT, id);
    }

    static String saleRefund(String id, String sale, String total, String currency) {
        return """
                {"id": "%s", "sale_id": "%s", "amount": {"total": "%s", "currency": "%s"}, "state": "completed", "create_time": "%s"}
                """.formatted(id, sale, total, currency, PAID_AT);
    }

    static String dispute(String id, String payment, String value, String currency, String outcome) {
        return """
                {"dispute_id": "%s", "create_time": "%s", "update_time": "%s", "reason": "UNAUTHORISED", "status": "%s", "dispute_channel": "INTERNAL",
                    "disputed_transactions": [{"seller_transaction_id": "%s", "seller": {"merchant_id": "M1"}}],
                    "dispute_amount": {"currency_code": "%s", "value": "%s"}, "messages": [{"posted_by": "BUYER", "content": "It was not me."}]%s}
                """.formatted(id, PAID_AT, PAID_AT, outcome == null ? "OPEN" : "RESOLVED", payment, currency, value,
                outcome == null ? "" : ", \"dispute_outcome\": {\"outcome_code\": \"%s\"}".formatted(outcome));
    }

    static String agreement(String id, String price, String custom, String status) {
        return """
                {"id": "%s", "plan_id": "%s", "custom_id": %s, "status": "%s", "quantity": "1", "start_time": "2026-01-01T00:00:00Z", "create_time": "2026-01-01T00:00:00Z",
                    "subscriber": {"email_address": "payer@example.com", "name": {"given_name": "A"}},
                    "billing_info": {"last_payment": {"amount": {"currency_code": "USD", "value": "9.00"}, "time": "2026-02-01T00:00:00Z"},
                        "next_billing_time": "2126-03-01T00:00:00Z", "failed_payments_count": 0}}
                """.formatted(id, price, quoted(custom), status);
    }

    /** Inserts the prices pro-php, vip-php, pro-usd and vip-usd, and P-PRO and P-VIP for subscriptions. */
    static void sell(Session owner) {
        owner.script("""
                insert into public.paymongo_price_map (price_id, plan_code, amount_minor) values ('pro-php', 'pro', 49900), ('vip-php', 'vip', 99900);
                insert into public.paypal_price_map (price_id, plan_code, amount_minor) values
                    ('pro-usd', 'pro', 900), ('vip-usd', 'vip', 1900), ('P-PRO', 'pro', 900), ('P-VIP', 'vip', 1900);
                insert into public.paypal_price_map (price_id, plan_code, amount_minor, currency_code) values ('pro-jpy', 'pro', 1200, 'JPY');
                """);
    }

    private static String up(String href) {
        return "{\"href\": \"%s\", \"rel\": \"up\"}".formatted(href);
    }

    private static String quoted(String word) {
        return word == null ? "null" : "\"" + word + "\"";
    }
}
