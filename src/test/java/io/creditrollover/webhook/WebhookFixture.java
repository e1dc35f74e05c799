package io.creditrollover.webhook;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.lease.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A database, a receiver, and the product that knows it as {@code crm}. */
final class WebhookFixture implements AutoCloseable {
    static final String SECRET = secret('a');
    static final String NEW_SECRET = secret('b');

    private static final String SENDABLE =
            "update credit_rollover_webhooks set next_attempt_at = null, claim = null, claimed_until = null";

    final TestDatabase database = TestDatabase.migrated();
    final HostFixture host = HostFixture.in(database);
    final Receiver receiver = new Receiver();
    final TestApplication product;

    WebhookFixture(String... settings) {
        product = TestApplication.on(
                database, Stream.concat(Stream.of(crm()), Stream.of(settings)).toArray(String[]::new));
        dispatcher().deliverDue(new StopSignal());
    }

    /** The settings of the endpoint. */
    String[] crm() {
        return new String[] {
            "rollover.webhooks.crm.url=" + receiver.url(),
            "rollover.webhooks.crm.secret=" + SECRET,
            "rollover.overdue-after=P30D",
            "rollover.safety.max-delay=P99D"
        };
    }

    static String secret(char filler) {
        return "whsec_"
                + Base64.getEncoder()
                        .encodeToString(String.valueOf(filler).repeat(32).getBytes(StandardCharsets.UTF_8));
    }

    WebhookDispatcher dispatcher() {
        return product.bean(WebhookDispatcher.class);
    }

    /** Delivers everything, as if all waiting times and claims had run out. */
    WebhookDispatcher.Round deliver() {
        makeDue();
        return dispatcher().deliverDue(new StopSignal());
    }

    /** As if all waiting times and claims had run out. */
    void makeDue() {
        database.execute(SENDABLE);
    }

    /** The settings of the endpoint, for a process. */
    Map<String, String> environment() {
        return Map.of(
                "ROLLOVER_WEBHOOKS_CRM_URL",
                receiver.url(),
                "ROLLOVER_WEBHOOKS_CRM_SECRET",
                SECRET,
                "ROLLOVER_OVERDUE_AFTER",
                "P30D");
    }

    /** The product a second time, with connections of its own. */
    Second second() {
        return new Second(TestApplication.on(database, crm()));
    }

    /** A second console, or a command beside it. */
    record Second(TestApplication product) implements AutoCloseable {
        WebhookDispatcher dispatcher() {
            return product.bean(WebhookDispatcher.class);
        }

        @Override
        public void close() {
            product.close();
        }
    }

    /** The ids of events in the order in which they must arrive: runs in the order of their ends. */
    List<Long> eventIds(String condition) {
        return database.jdbc()
                .sql("select id from credit_rollover_events where " + condition + " order by id")
                .query(Long.class)
                .list();
    }

    /** Back to the beginning, without people and runs. */
    void reset() {
        database.reset();
        receiver.forget();
        dispatcher().deliverDue(new StopSignal());
    }

    @Override
    public void close() {
        product.close();
        receiver.close();
    }
}
