package io.creditrollover.run;

import io.creditrollover.lease.TimeoutTransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Long reads, each in a READ ONLY, REPEATABLE READ transaction with its own timeouts. Their locks block nobody. No
 * setting outlives the transaction.
 */
@Component
public class Snapshots {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Snapshots(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = TimeoutTransactionManager.forLongReads(transactions);
    }

    /** Returns the result of {@code work}; all its reads see one snapshot. */
    public <T> T read(Supplier<T> work) {
        return inTransaction(() -> {}, work);
    }

    /**
     * Returns results in order. Each read has its own thread, connection and transaction; all share one snapshot. The
     * caller's thread runs the first. Throws a failure after all have ended.
     */
    <T> List<T> readInParallel(List<Supplier<T>> reads) {
        ExecutorService threads = Executors.newFixedThreadPool(reads.size());
        List<CompletableFuture<T>> others = new ArrayList<>();
        try {
            T first = inTransaction(() -> {}, () -> {
                join(reads.subList(1, reads.size()), others, threads);
                return reads.get(0).get();
            });
            List<T> all = new ArrayList<>(List.of(first));
            others.forEach(other -> all.add(other.join()));
            return all;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        } finally {
            var unused = CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
                    .handle((all, failure) -> true)
                    .join();
            threads.shutdown();
        }
    }

    /** Returns once all reads share the snapshot: they can import it only while this transaction is open. */
    private <T> void join(List<Supplier<T>> reads, List<CompletableFuture<T>> started, ExecutorService threads) {
        if (reads.isEmpty()) {
            return;
        }
        String moment =
                jdbc.sql("select pg_export_snapshot()").query(String.class).single();
        List<CompletableFuture<Boolean>> joined = new ArrayList<>();
        for (Supplier<T> read : reads) {
            CompletableFuture<Boolean> sees = new CompletableFuture<>();
            joined.add(sees);
            started.add(CompletableFuture.supplyAsync(
                            () -> inTransaction(() -> sees.complete(joinedAt(moment)), read), threads)
                    .whenComplete((done, failure) -> sees.complete(false)));
        }
        joined.forEach(CompletableFuture::join);
    }

    private boolean joinedAt(String moment) {
        jdbc.sql("set transaction snapshot '" + moment + "'").update();
        return true;
    }

    private <T> T inTransaction(Runnable first, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("set transaction isolation level repeatable read, read only")
                    .update();
            first.run();
            // Their plans look expensive but are quick: compiling takes longer than it saves.
            jdbc.sql("set local jit = off").update();
            return work.get();
        }));
    }
}
