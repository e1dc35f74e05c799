package io.creditrollover.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.decision.PlanTerms;
import io.creditrollover.decision.RolloverPolicy;
import io.creditrollover.host.HostWrite;
import io.creditrollover.lease.HeldLease;
import io.creditrollover.lease.Leases;
import io.creditrollover.lease.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A reader whose pages are longer than the chunks, which is how users were lost elsewhere. */
class CandidateReaderTest {
    private static final int PAGE = 7;

    private final TestDatabase database = TestDatabase.migrated();
    private final HostFixture host = HostFixture.in(database);
    private TestApplication product;
    private HeldLease lease;
    /** Even ids before odd ones, the order in which they are read. */
    private List<Long> users;

    @BeforeEach
    void begin() throws InterruptedException {
        product = TestApplication.on(database);
        lease = product.bean(Leases.class).acquire(Leases.WRITER, "a test", new StopSignal());
        host.manyUsers(20);
        users = database.jdbc()
                .sql("select id from users order by id & 1, id")
                .query(Long.class)
                .list();
    }

    @AfterEach
    void end() {
        lease.close();
        product.close();
    }

    @Test
    void handsOutEverybodyOnceWhenChunksTakeThemOutOfScope() {
        CandidateReader reader = reader();
        List<Long> seen = new ArrayList<>();
        List<Long> chunk = chunk(reader, 3);
        while (!chunk.isEmpty()) {
            seen.addAll(chunk);
            chunk = chunk(reader, 3);
        }
        assertThat(seen).isEqualTo(users);
    }

    @Test
    void goesOnBehindTheLastOneThatWasWrittenWhenItIsOpenedAgain() {
        ExecutionContext saved = new ExecutionContext();
        CandidateReader killed = reader();
        assertThat(chunk(killed, 3)).isEqualTo(users.subList(0, 3));
        killed.update(saved);

        CandidateReader restarted = reader();
        restarted.open(saved);
        assertThat(chunk(restarted, 20)).isEqualTo(users.subList(3, 20));
    }

    @Test
    void readsAgainWhatAPageHeldWhenItsChunkEnded() {
        CandidateReader reader = reader();
        chunk(reader, 3);
        database.execute("update users set credits = 999 where id = " + users.get(3));

        List<Candidate> next = new ArrayList<>();
        transaction().executeWithoutResult(status -> next.add(Objects.requireNonNull(reader.read())));

        assertThat(next.get(0).userId()).isEqualTo(users.get(3));
        assertThat(next.get(0).facts().credits())
                .as("not the balance of an old page")
                .isEqualTo(999);
    }

    /** As the table is in the months after the first: updated rows have moved, and the planner knows. */
    @Test
    void aPageLooksAtLittleMoreThanItsUsersWhereTheTableIsNotInTheOrderOfItsIds() {
        host.manyUsers(1_000);
        database.execute(
                "create index shuffled on users (md5(id::text))",
                "cluster users using shuffled",
                "drop index shuffled",
                "analyze users");
        CandidateReader reader = reader();

        long lookedAt = Objects.requireNonNull(transaction().execute(status -> {
            reader.read();
            return product.bean(JdbcClient.class)
                    .sql("select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'users'")
                    .query(Long.class)
                    .single();
        }));

        assertThat(lookedAt).isBetween((long) PAGE, 4L * PAGE);
    }

    /** Reads up to so many users in one transaction, and takes their credits in it. */
    private List<Long> chunk(CandidateReader reader, int size) {
        return Objects.requireNonNull(transaction().execute(status -> {
            List<Long> ids = new ArrayList<>();
            Candidate next = reader.read();
            while (next != null) {
                ids.add(next.userId());
                next = ids.size() < size ? reader.read() : null;
            }
            ids.forEach(id -> product.bean(JdbcClient.class)
                    .sql("update users set credits = 0 where id = :id")
                    .param("id", id)
                    .update());
            return ids;
        }));
    }

    private TransactionTemplate transaction() {
        return product.bean(TransactionTemplate.class);
    }

    private CandidateReader reader() {
        RolloverPolicy policy = new RolloverPolicy(
                host.date(),
                HostFixture.BUSINESS_ZONE,
                Map.of("monthly", PlanTerms.ELIGIBLE),
                Set.of("starter", "power"),
                Duration.ZERO,
                Set.of());
        RunContext order =
                new RunContext(1, false, policy, product.bean(Leases.class).guard(lease.token()), new StopSignal());
        CandidateSource source = new CandidateSource(
                product.bean(JdbcClient.class), order, product.bean(PlatformTransactionManager.class));
        HostWrite write = new HostWrite(product.bean(JdbcOperations.class));
        return new CandidateReader(order, source, write, new KeyRange(Long.MIN_VALUE, Long.MAX_VALUE), PAGE);
    }
}
