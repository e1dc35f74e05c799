package io.creditrollover.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.decision.ReasonCode;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written was reviewed under the lock of its user; a saved position is where the next reader goes on. */
class ReversibleEventReaderTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private TestApplication product;
    private HeldLease lease;
    private long runId;

    @BeforeEach
    void runAMonth() throws InterruptedException {
        for (int user = 0; user < 5; user++) {
            host.aLapsedUser();
        }
        product = TestApplication.on(database);
        runId = Objects.requireNonNull(product.run().run().runId());
        lease = product.bean(Leases.class).acquire(Leases.WRITER, "a test", new StopSignal());
    }

    @AfterEach
    void end() {
        lease.close();
        product.close();
    }

    @Test
    void reviewsWithoutLocksThenAgainUnderThem() {
        List<Boolean> locked = new ArrayList<>();
        List<ReasonCode> codes = List.of(ReasonCode.LATE_PAYMENT, ReasonCode.RENEWED_LATE);

        List<Reviewed> items = chunk(
                reader(events -> {
                    ReasonCode code = codes.get(locked.size());
                    locked.add(areLocked());
                    return Review.everything(code, "a test").of(events);
                }),
                5);

        assertThat(locked).containsExactly(false, true);
        assertThat(items).hasSize(5).extracting(Reviewed::reasonCode).containsOnly(ReasonCode.RENEWED_LATE);
    }

    @Test
    void handsOutEveryEventAndLocksNobodyWhoGetsNothing() {
        List<Integer> asked = new ArrayList<>();

        List<Reviewed> items = chunk(
                reader(events -> {
                    asked.add(events.size());
                    return events.stream().map(Reviewed::nothing).toList();
                }),
                5);

        assertThat(items).hasSize(5).allMatch(Reviewed::isNothing);
        assertThat(asked).containsExactly(5);
    }

    @Test
    void goesOnBehindTheLastOneThatWasWrittenWhenItIsOpenedAgain() {
        Review everything = Review.everything(ReasonCode.UNDONE, "a test");
        ExecutionContext saved = new ExecutionContext();
        ReversibleEventReader killed = reader(everything);
        List<Reviewed> first = chunk(killed, 2);
        killed.update(saved);
        chunk(killed, 2);

        ReversibleEventReader next = reader(everything);
        next.open(saved);

        List<Long> events = new ArrayList<>(ids(first));
        events.addAll(ids(chunk(next, 5)));
        assertThat(events)
                .isEqualTo(database.jdbc()
                        .sql("select id from credit_rollover_events order by id")
                        .query(Long.class)
                        .list());
    }

    private static List<Long> ids(List<Reviewed> items) {
        return items.stream().map(item -> item.event().eventId()).toList();
    }

    private List<Reviewed> chunk(ReversibleEventReader reader, int size) {
        List<Reviewed> items = new ArrayList<>();
        product.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            for (int i = 0; i < size; i++) {
                Reviewed item = reader.read();
                if (item != null) {
                    items.add(item);
                }
            }
        });
        return items;
    }

    private ReversibleEventReader reader(Review review) {
        UndoContext order = new UndoContext(
                runId + 1,
                runId,
                null,
                host.date(),
                UndoContext.Action.REINSTATEMENT,
                review,
                new LockedEvents(),
                product.bean(Leases.class).guard(lease.token()),
                new StopSignal());
        return new ReversibleEventReader(product.bean(JdbcClient.class), order, 5);
    }

    /** From another connection. */
    private boolean areLocked() {
        return database.jdbc()
                .sql("select id from users for update skip locked")
                .query(Long.class)
                .list()
                .isEmpty();
    }
}
