package io.creditrollover.secondlook;

import io.creditrollover.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Users who spend and buy without a pause, each change in a transaction of its own. Remembers what was committed. */
final class LiveChanges implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int MAX_PAUSE_MILLIS = 8;

    private final List<CompletableFuture<Map<Long, Integer>>> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean over;

    private LiveChanges() {}

    static LiveChanges start(TestDatabase database, List<Long> users, long seed) {
        LiveChanges changes = new LiveChanges();
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(seed + client);
            changes.clients.add(
                    CompletableFuture.supplyAsync(() -> changes.made(database, users, random), changes.threads));
        }
        return changes;
    }

    /** Ends, and adds all changes to the balances. Returns their number. */
    int addTo(Map<Long, Integer> balances) {
        over = true;
        for (CompletableFuture<Map<Long, Integer>> client : clients) {
            Map<Long, Integer> made = client.join();
            made.forEach((user, change) -> balances.merge(user, change, Integer::sum));
        }
        return number.get();
    }

    private Map<Long, Integer> made(TestDatabase database, List<Long> users, Random random) {
        Map<Long, Integer> made = new HashMap<>();
        try (Connection connection = database.open();
                PreparedStatement update = connection.prepareStatement(
                        "update users set credits = credits + ? where id = ? and credits + ? >= 0")) {
            while (!over) {
                long user = users.get(random.nextInt(users.size()));
                int change = random.nextBoolean() ? -1 - random.nextInt(5) : 1 + random.nextInt(50);
                update.setInt(1, change);
                update.setLong(2, user);
                update.setInt(3, change);
                if (update.executeUpdate() == 1) {
                    made.merge(user, change, Integer::sum);
                    number.incrementAndGet();
                }
                Thread.sleep(1 + random.nextInt(MAX_PAUSE_MILLIS));
            }
            return made;
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException("a client failed", failed);
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
    }
}
