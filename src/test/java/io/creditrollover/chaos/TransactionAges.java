package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the program's transactions many times a second, and remembers each of them, how old it was when it was last
 * seen, and of what kind it is: that is told by the locks on tables that it holds to its end.
 */
final class TransactionAges implements AutoCloseable {
    private static final String LOOK = """
            select a.pid || ' since ' || a.xact_start as transaction, a.application_name, a.state,
                   extract(epoch from clock_timestamp() - a.xact_start) as seconds,
                   coalesce(a.wait_event, 'no wait') as wait, a.query,
                   case when l.token then 'CHUNK' when not l.writes then 'READ' else 'OTHER' end as kind
            from pg_stat_activity a
            left join lateral (
                select coalesce(bool_or(relation = to_regclass('credit_rollover_tokens') and mode = 'RowShareLock'),
                                false) as token,
                       coalesce(bool_or(mode <> 'AccessShareLock'), false) as writes
                from pg_locks where pid = a.pid and locktype = 'relation' and granted) l on true
            where a.datname = current_database() and a.xact_start is not null
              and (a.application_name like 'process-%' or a.application_name = 'credit-rollover')
            """;

    private final Connection connection;
    private final Thread thread = new Thread(this::look, "transaction-ages");
    private final Map<String, Seen> transactions = new ConcurrentHashMap<>();
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean over;

    private TransactionAges(Connection connection) {
        this.connection = connection;
    }

    /** What a transaction does. */
    enum Kind {
        /** It holds no lock that anybody could wait for: the forecast, the reconciliation, a look at a table. */
        READ,
        /** It writes, and has not locked the token: Spring Batch's own, signs of life, offers received. */
        OTHER,
        /** It holds the run's token, as every chunk does. */
        CHUNK
    }

    /**
     * A transaction as it was when it was seen last.
     *
     * @param process its application_name, which ends with the command
     */
    record Seen(Kind kind, String process, double seconds, String state, String query) {
        private Seen after(Seen earlier) {
            Kind strongest = kind.compareTo(earlier.kind) > 0 ? kind : earlier.kind;
            return new Seen(strongest, process, seconds, state, query);
        }

        /** What listens for offers does not come with the name that the pool's connections have. */
        boolean isAWorkers() {
            return process.endsWith("-worker") || process.equals("credit-rollover");
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.2f s (%s, %s: %.60s)", seconds, process, state, query.replaceAll("\\s+", " "));
        }
    }

    static TransactionAges of(ChaosServer server, String database) throws SQLException {
        TransactionAges ages = new TransactionAges(server.connect(database));
        ages.thread.start();
        return ages;
    }

    private void look() {
        try (Statement statement = connection.createStatement()) {
            while (!over) {
                try (ResultSet found = statement.executeQuery(LOOK)) {
                    looks.incrementAndGet();
                    while (found.next()) {
                        Seen now = new Seen(
                                Kind.valueOf(found.getString("kind")),
                                found.getString("application_name"),
                                found.getDouble("seconds"),
                                found.getString("state") + ", " + found.getString("wait"),
                                found.getString("query"));
                        transactions.merge(
                                found.getString("transaction"), now, (earlier, later) -> later.after(earlier));
                    }
                }
                ChaosServer.pause(10);
            }
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }

    /** Returns the oldest of those that are meant; empty where none was seen. */
    Optional<Seen> oldest(Predicate<Seen> meant) {
        return transactions.values().stream().filter(meant).max(Comparator.comparingDouble(Seen::seconds));
    }

    /** Returns the oldest of a kind. */
    Optional<Seen> oldest(Kind kind) {
        return oldest(seen -> seen.kind() == kind);
    }

    /**
     * Demands that no transaction of a worker, of whatever kind, and no other that holds the token grew older than a chunk
     * may: what could hold the host's vacuum back for longer is a read of the manager's.
     */
    void areBoundedBy(Duration chunk) {
        assertThat(oldest(Kind.CHUNK)).as("chunks were seen: %s", this).isPresent();
        assertThat(oldest(seen -> seen.isAWorkers() || seen.kind() == Kind.CHUNK)
                        .map(Seen::seconds)
                        .orElseThrow())
                .as(toString())
                .isLessThan(chunk.toMillis() / 1000.0);
    }

    @Override
    public void close() throws SQLException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    @Override
    public String toString() {
        return "oldest transactions of " + transactions.size() + " in " + looks + " looks: "
                + Stream.of(Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT) + " "
                                + oldest(kind).map(Seen::toString).orElse("none"))
                        .collect(Collectors.joining("; "))
                + "; any of a worker "
                + oldest(Seen::isAWorkers).map(Seen::toString).orElse("none");
    }
}
