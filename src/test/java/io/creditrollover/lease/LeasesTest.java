package io.creditrollover.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.creditrollover.HostFixture;
import io.creditrollover.TestDatabase;
import io.creditrollover.cli.TestApplication;
import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may work: the lease, the token behind it, and what becomes of a process that lost it. */
class LeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(8);

    private static final TestDatabase database = TestDatabase.migrated();

    @RegisterExtension
    static final TestApplication product = TestApplication.on(database, "rollover.lease.duration=" + LEASE);

    private Leases leases;

    @BeforeEach
    void begin() {
        database.reset();
        leases = product.bean(Leases.class);
    }

    @Test
    void whoAsksWhileItIsRenewedIsSentAwayAndLeavesNoTrace() throws Exception {
        HostFixture.in(database).aLapsedUser();
        try (HeldLease held = leases.acquire(Leases.WRITER, "the first", new StopSignal())) {
            assertThatThrownBy(product::run)
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageContaining("the first")
                    .extracting(e -> ((ExitException) e).exitCode())
                    .isEqualTo(ExitCode.RETRY);
            assertThat(held.isLost()).isFalse();
        }

        assertThat(database.count("select count(*) from credit_rollover_runs")).isZero();
        assertThat(database.count("select count(*) from credit_rollover_batch_job_execution"))
                .isZero();
        assertThat(database.count("select sum(credits) from users")).isEqualTo(25);
    }

    @Test
    void oneThatIsGivenBackIsHadAtOnceUnderAGreaterToken() throws Exception {
        long first = tokenOf("first");
        assertThat(tokenOf("second")).isGreaterThan(first);
    }

    private long tokenOf(String holder) throws InterruptedException {
        try (HeldLease held = leases.acquire(Leases.WRITER, holder, new StopSignal())) {
            assertThat(leases.isHeld(Leases.WRITER)).isTrue();
            return held.token().value();
        }
    }

    /** All else waits: a lease that a crash takes back could be had by two. */
    @Test
    void onlyTheCommitOfAChunkDoesNotWaitForTheDisk() throws Exception {
        JdbcClient jdbc = product.bean(JdbcClient.class);
        TransactionTemplate transaction = product.bean(TransactionTemplate.class);
        try (HeldLease held = leases.acquire(Leases.WRITER, "first", new StopSignal())) {
            FencingGuard guard = leases.guard(held.token());
            String inAChunk = transaction.execute(status -> {
                jdbc.sql("set local synchronous_commit = 'local'").update();
                guard.lockTokenForChunk();
                return synchronousCommit(jdbc);
            });
            String elsewhere = transaction.execute(status -> {
                jdbc.sql("set local synchronous_commit = 'local'").update();
                guard.lockToken();
                return synchronousCommit(jdbc);
            });
            assertThat(inAChunk).isEqualTo("off");
            assertThat(elsewhere).as("as the database has it").isEqualTo("local");
        }
    }

    @Test
    void aLeaseThatWasTakenOverIsNotConfirmed() throws Exception {
        StopSignal signal = new StopSignal();
        try (HeldLease held = leases.acquire(Leases.WRITER, "first", signal)) {
            database.execute("update credit_rollover_leases set token = token + 1, holder = 'the heir'");

            assertThatThrownBy(held::confirm).isInstanceOf(LeaseLostException.class);

            assertThat(held.isLost()).isTrue();
            assertThat(signal.isRequested()).isTrue();
        }
    }

    private static String synchronousCommit(JdbcClient jdbc) {
        return jdbc.sql("show synchronous_commit").query(String.class).single();
    }

    @Test
    void oneThatNobodyRenewsIsTakenOverWhenItHasRunOutAndNotBefore() throws Exception {
        database.execute("""
                update credit_rollover_leases set holder = 'dead', renewed_at = clock_timestamp(),
                    expires_at = clock_timestamp() + interval '2 seconds' where name = 'writer'
                """);
        try (HeldLease held = leases.acquire(Leases.WRITER, "the heir", new StopSignal())) {
            assertThat(held.isLost()).isFalse();
            assertThat(database.count("""
                            select count(*) from credit_rollover_leases
                            where holder = 'the heir' and expires_at > clock_timestamp()
                            """)).isOne();
        }
    }

    @Test
    void aTokenThatWasTakenOverCannotCommit() throws Exception {
        HeldLease old = leases.acquire(Leases.WRITER, "old", new StopSignal());
        FencingGuard oldGuard = leases.guard(old.token());
        takeOver();

        assertThatThrownBy(() -> inTransaction(oldGuard::lockToken)).isInstanceOf(LeaseLostException.class);
        old.close();
        assertThat(leases.isHeld(Leases.WRITER))
                .as("closing a lost lease does not release another's")
                .isTrue();
    }

    @Test
    void aHolderNoticesTheLossAndAsksItsWorkToStop() throws Exception {
        StopSignal signal = new StopSignal();
        try (HeldLease old = leases.acquire(Leases.WRITER, "old", signal)) {
            takeOver();

            assertThat(signal.pause(Duration.ofSeconds(30))).isTrue();
            assertThat(old.isLost()).isTrue();
        }
    }

    @Test
    void aTakeoverWaitsForTheChunkThatHoldsTheToken() throws Exception {
        HeldLease old = leases.acquire(Leases.WRITER, "old", new StopSignal());
        FencingGuard guard = leases.guard(old.token());
        inTransaction(() -> {
            guard.lockTokenForChunk();
            // The chunk never ends, so the one who takes over gives up within its own bounds.
            product.bean(JdbcClient.class)
                    .sql("set local idle_in_transaction_session_timeout = 0")
                    .update();
            database.execute("update credit_rollover_leases set expires_at = '-infinity' where name = 'writer'");
            assertThat(CompletableFuture.supplyAsync(LeasesTest::takenOver).join())
                    .isInstanceOf(ExitException.class)
                    .hasMessageContaining("has an open transaction");
        });
        try (HeldLease taken = leases.acquire(Leases.WRITER, "new", new StopSignal())) {
            assertThat(taken.token().value()).isGreaterThan(old.token().value());
        }
        old.close();
    }

    /** It was frozen while it sent a statement; this stands for it, as no timeout of the server ends it. */
    @Test
    void aTakeoverEndsAChunkThatHasHeldTheTokenForHalfALease() throws Exception {
        HeldLease old = leases.acquire(Leases.WRITER, "old", new StopSignal());
        try (Connection frozen = database.open();
                Connection reader = database.open();
                Statement chunk = frozen.createStatement();
                Statement look = reader.createStatement()) {
            frozen.setAutoCommit(false);
            reader.setAutoCommit(false);
            chunk.execute("select from credit_rollover_tokens where name = 'writer' for share");
            look.execute("select from credit_rollover_tokens");
            Thread.sleep(LEASE.dividedBy(2).plusMillis(500).toMillis());
            database.execute("update credit_rollover_leases set expires_at = '-infinity' where name = 'writer'");

            try (HeldLease taken = leases.acquire(Leases.WRITER, "new", new StopSignal())) {
                assertThat(taken.token().value()).isGreaterThan(old.token().value());
            }
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
            look.execute("select from credit_rollover_tokens");
        }
        old.close();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aTakeoverThatMayEndNoSessionSaysWhatItWaitsForAndWhatItMayNot(CapturedOutput output) throws Exception {
        database.execute(
                Files.readString(Path.of("db", "grants", "2-batch-role.sql")),
                "revoke execute on function pg_terminate_backend(integer, bigint) from public");
        try (TestApplication restricted = TestApplication.on(
                        database,
                        "rollover.lease.duration=" + LEASE,
                        "spring.datasource.username=credit_rollover_batch");
                Connection holder = database.open();
                Statement chunk = holder.createStatement()) {
            database.execute("insert into credit_rollover_tokens values ('writer', 0) on conflict do nothing");
            holder.setAutoCommit(false);
            chunk.execute("select from credit_rollover_tokens where name = 'writer' for share");

            assertThatThrownBy(() -> restricted.bean(Leases.class).acquire(Leases.WRITER, "new", new StopSignal()))
                    .isInstanceOf(ExitException.class)
                    .hasMessageContaining("has an open transaction");
            assertThat(output).contains("permission denied for function pg_terminate_backend");
        } finally {
            database.execute("grant execute on function pg_terminate_backend(integer, bigint) to public");
        }
    }

    @Test
    void anotherFailureOfATakeoverIsNotBlamedOnAnOpenTransaction() {
        database.execute(
                "create function disk_full() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'no space left' using errcode = '53100'; end $$",
                "create trigger disk_full before update on credit_rollover_tokens for each row execute function disk_full()");
        try {
            assertThat(takenOver())
                    .isNotInstanceOf(ExitException.class)
                    .rootCause()
                    .hasMessageContaining("no space left");
            assertThat(leases.isHeld(Leases.WRITER)).isFalse();
        } finally {
            database.execute("drop trigger disk_full on credit_rollover_tokens", "drop function disk_full()");
        }
    }

    /** The connection broke after the lease was taken. */
    @Test
    void oneWhoseTokenCannotBePutInForceIsGivenBackAndNotRenewed() {
        TransactionTemplate broken = new TransactionTemplate(product.bean(PlatformTransactionManager.class)) {
            private static final long serialVersionUID = 1L;

            @Override
            public void executeWithoutResult(Consumer<TransactionStatus> action) {
                throw new CannotCreateTransactionException("the connection broke");
            }
        };
        Leases unlucky = new Leases(product.bean(JdbcClient.class), broken, product.bean(RolloverProperties.class));

        assertThatThrownBy(() -> unlucky.acquire(Leases.WRITER, "unlucky", new StopSignal()))
                .isInstanceOf(CannotCreateTransactionException.class);

        assertThat(leases.isHeld(Leases.WRITER)).isFalse();
    }

    private static @Nullable Throwable takenOver() {
        return catchThrowable(() -> {
            try (HeldLease taken = product.bean(Leases.class).acquire(Leases.WRITER, "new", new StopSignal())) {
                assertThat(taken.isLost()).isFalse();
            }
        });
    }

    @Test
    void renewingDoesNotWaitForAChunk() throws Exception {
        StopSignal signal = new StopSignal();
        try (HeldLease held = leases.acquire(Leases.WRITER, "busy", signal);
                Connection chunk = database.open();
                Statement statement = chunk.createStatement()) {
            chunk.setAutoCommit(false);
            statement.execute("select from credit_rollover_tokens where name = 'writer' for share");

            assertThat(signal.pause(LEASE.multipliedBy(2))).isFalse();

            assertThat(held.isLost()).isFalse();
            assertThat(leases.isHeld(Leases.WRITER)).isTrue();
            chunk.rollback();
        }
    }

    @Test
    void itsTransactionsAreBoundTogetherBelowHalfALease() throws Exception {
        try (HeldLease held = leases.acquire(Leases.WRITER, "bounded", new StopSignal())) {
            FencingGuard guard = leases.guard(held.token());
            long boundMillis = inTransaction(() -> {
                guard.lockToken();
                return product.bean(JdbcClient.class).sql("""
                                select sum(setting::bigint) from pg_settings
                                where name in ('lock_timeout', 'statement_timeout',
                                               'idle_in_transaction_session_timeout') and setting::bigint > 0
                                """).query(Long.class).single();
            });
            assertThat(boundMillis).isPositive().isLessThan(LEASE.toMillis() / 2);
        }
    }

    @Test
    void aWholeTransactionIsBoundByALeaseWhereTheServerCan() {
        assumeThat(TestDatabase.major()).isGreaterThanOrEqualTo(17);
        assertThat(product.bean(TransactionTemplate.class).<String>execute(status -> product.bean(JdbcClient.class)
                        .sql("show transaction_timeout")
                        .query(String.class)
                        .single()))
                .isEqualTo("8s");
    }

    private static void takeOver() {
        database.execute(
                "update credit_rollover_leases set holder = 'new', token = token + 1, "
                        + "expires_at = clock_timestamp() + interval '1 hour' where name = 'writer'",
                "update credit_rollover_tokens set token = token + 1 where name = 'writer'");
    }

    private static void inTransaction(Runnable work) {
        product.bean(TransactionTemplate.class).executeWithoutResult(status -> work.run());
    }

    private static long inTransaction(java.util.function.LongSupplier work) {
        return java.util.Objects.requireNonNull(
                product.bean(TransactionTemplate.class).execute(status -> work.getAsLong()));
    }
}
