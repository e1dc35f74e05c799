package io.creditrollover;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Makes the database slow or unwilling at a place that a test chooses. */
public final class Obstacles {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final TestDatabase database;

    private Obstacles(TestDatabase database) {
        this.database = database;
    }

    public static Obstacles in(TestDatabase database) {
        return new Obstacles(database);
    }

    /** Each chunk of a run takes so much longer. */
    public void slowChunks(Duration pause) {
        trigger("perform pg_sleep(" + pause.toMillis() / 1000.0 + ");", "for each statement");
    }

    /** The event of one user cannot be written, by a fault that is over once it is cleared. */
    public void refuseEventOf(long userId) {
        trigger(
                "if new.user_id = " + userId
                        + " then raise exception 'refused by a test' using errcode = 'XX000'; end if;",
                "for each row");
    }

    private void trigger(String body, String each) {
        clear();
        database.execute(
                "create function obstacle() returns trigger language plpgsql as $$ begin " + body
                        + " return new; end $$",
                "create trigger obstacle before insert on credit_rollover_events " + each
                        + " execute function obstacle()");
    }

    public void clear() {
        database.execute("drop function if exists obstacle cascade");
    }

    /** Waits until so many events are committed. */
    public void awaitEvents(long count) {
        await("select count(*) >= " + count + " from credit_rollover_events");
    }

    /** Waits until the server has ended the transactions of a killed process. Then its lease runs out at once. */
    public void awaitDeath() {
        await("select count(*) = 0 from pg_stat_activity where application_name = 'credit-rollover'"
                + " and datname = current_database() and state <> 'idle'");
        database.execute("update credit_rollover_leases set expires_at = '-infinity'");
    }

    /** Waits until a query says true. */
    public void await(String query) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!database.jdbc().sql(query).query(Boolean.class).single()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + query);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
