package io.creditrollover.remote;

import io.creditrollover.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again at the transactions that are open, and how many chunks are committed meanwhile. A transaction as
 * long as a chunk sees one commit of each other worker or two; one as long as a range sees dozens.
 */
final class OpenTransactions implements AutoCloseable {
    private final TestDatabase database;
    private final Map<String, long[]> commitsSeen = new HashMap<>();
    private final Set<String> listening = new TreeSet<>();
    private final Thread thread = new Thread(this::look, "open-transactions");
    private volatile boolean over;

    private OpenTransactions(TestDatabase database) {
        this.database = database;
    }

    /** Begins; counts the chunks that write events from now on. */
    static OpenTransactions of(TestDatabase database) {
        database.execute(
                "create table chunks_seen (id bigint generated always as identity)",
                "create function chunk_seen() returns trigger language plpgsql as $$ begin"
                        + " insert into chunks_seen default values; return null; end $$",
                "create trigger chunk_seen after insert on credit_rollover_events"
                        + " for each statement execute function chunk_seen()");
        OpenTransactions open = new OpenTransactions(database);
        open.thread.start();
        return open;
    }

    private void look() {
        while (!over) {
            long committed = database.count("select count(*) from chunks_seen");
            database.jdbc().sql("""
                            select pid || ' since ' || xact_start || ': ' || query as transaction, pid, state, query,
                                   pid || ' ' || xact_start as key, xact_start is not null as open
                            from pg_stat_activity
                            where datname = current_database() and application_name = 'credit-rollover'
                            """).query(rs -> {
                if (rs.getBoolean("open")) {
                    long[] seen =
                            commitsSeen.computeIfAbsent(rs.getString("key"), none -> new long[] {committed, committed});
                    seen[1] = committed;
                }
                if (rs.getString("query").startsWith("LISTEN")) {
                    listening.add(rs.getString("state") + (rs.getBoolean("open") ? " in transaction" : ""));
                }
            });
            LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
        }
    }

    /** Returns how many chunks the longest transaction saw committed. */
    long mostCommitsSeen() throws InterruptedException {
        close();
        return commitsSeen.values().stream()
                .mapToLong(seen -> seen[1] - seen[0])
                .max()
                .orElseThrow();
    }

    /** Returns in which states sessions that listen were found. */
    Set<String> listening() throws InterruptedException {
        close();
        return listening;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
