package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** Another client of the same pooler, at work while the program is: it gets sessions between the program's transactions. */
final class Bystander implements AutoCloseable {
    private final PooledSessions sessions;
    private final Thread thread = new Thread(this::look, "bystander");
    private final Set<String> noticed = new ConcurrentSkipListSet<>();
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean over;

    private Bystander(PooledSessions sessions) {
        this.sessions = sessions;
    }

    static Bystander of(ChaosEnvironment world, String database) throws SQLException {
        Bystander bystander = new Bystander(new PooledSessions(world, database));
        bystander.thread.start();
        return bystander;
    }

    private void look() {
        try (Connection connection = sessions.borrow()) {
            while (!over) {
                noticed.addAll(sessions.leftIn(connection));
                looks.incrementAndGet();
                ChaosServer.pause(2);
            }
        } catch (SQLException gone) {
            noticed.add(gone.toString());
        }
    }

    /** Ends, and says what was noticed of the program. */
    void noticedNothing() {
        close();
        assertThat(noticed).as("of " + looks + " looks").isEmpty();
        assertThat(looks.get()).isGreaterThan(20);
        Rounds.say("another client looked at pooled sessions %s times meanwhile, all as new", looks);
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
