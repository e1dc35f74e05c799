package io.creditrollover.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads on several connections at a time see one moment. */
class SnapshotsTest {
    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(database);

    private JdbcClient jdbc;
    private Snapshots snapshots;

    @BeforeEach
    void begin() {
        database.reset();
        HostFixture.in(database).manyUsers(10);
        jdbc = product.bean(JdbcClient.class);
        snapshots = product.bean(Snapshots.class);
    }

    @Test
    void whatIsCommittedWhileTheyReadIsSeenByNone() {
        CyclicBarrier allHaveBegun = new CyclicBarrier(3, () -> database.execute("update users set credits = 1000"));
        Supplier<Long> read = () -> {
            await(allHaveBegun);
            return credits();
        };

        List<Long> seen = snapshots.readInParallel(List.of(read, read, read));

        assertThat(credits()).isEqualTo(10_000);
        assertThat(seen).hasSize(3).doesNotContain(10_000L);
        assertThat(seen).containsOnly(seen.get(0));
    }

    @Test
    void noneOfThemMayWrite() {
        Supplier<Integer> write =
                () -> jdbc.sql("update users set credits = 1000").update();
        assertThatThrownBy(() -> snapshots.readInParallel(List.<Supplier<Number>>of(this::credits, write::get)))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aFailureOfOneIsThrownWhenTheOthersHaveEnded() {
        AtomicInteger ended = new AtomicInteger();
        Supplier<Long> slow = () -> {
            jdbc.sql("select pg_sleep(0.3)").query().singleRow();
            return (long) ended.incrementAndGet();
        };
        Supplier<Long> failing =
                () -> jdbc.sql("select 1 / 0").query(Long.class).single();

        assertThatThrownBy(() -> snapshots.readInParallel(List.of(failing, slow)))
                .hasMessageContaining("division by zero");
        assertThat(ended).hasValue(1);
        assertThatThrownBy(() -> snapshots.readInParallel(List.of(slow, failing, slow)))
                .hasMessageContaining("division by zero");
        assertThat(ended).hasValue(3);
    }

    private long credits() {
        return jdbc.sql("select sum(credits) from users").query(Long.class).single();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(120, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
