package io.creditrollover.chaos;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A manager and its workers on one database, each process on a way of its own to the server, or to what is before it. */
final class Team implements AutoCloseable {
    private final ChaosEnvironment world;
    private final String database;
    private final Map<String, String> settings;
    private final List<Member> members = new ArrayList<>();

    /** Each process has one thread, so that the work is shared out. */
    Team(ChaosEnvironment world, String database, Map<String, String> settings) {
        this.world = world;
        this.database = database;
        this.settings = new HashMap<>(settings);
        this.settings.put("ROLLOVER_THREADS", "1");
    }

    /** A process and its way. */
    record Member(JarProcess process, TcpProxy way) {}

    /** Each chunk takes so much longer, so that every worker is at work for a while. */
    void slowChunks(Duration pause) throws SQLException {
        world.server().execute(database, """
                create function chaos_pause() returns trigger language plpgsql as $$ begin
                    perform pg_sleep(%s); return null; end $$;
                create trigger chaos_pause before insert on credit_rollover_events
                    for each statement execute function chaos_pause()
                """.formatted(pause.toMillis() / 1000.0));
    }

    Member worker() throws IOException {
        return start("worker");
    }

    /** Leads a run, or restarts one: a command that knows {@code --workers}. */
    Member manager(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--workers", "remote"));
        return start(all.toArray(String[]::new));
    }

    private Member start(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--json");
        TcpProxy way = TcpProxy.to(world.port());
        Member member = new Member(world.start(way, database, settings, all.toArray(String[]::new)), way);
        members.add(member);
        return member;
    }

    /** Waits until a query, which counts something, has come to {@code count}. */
    void await(String query, int count) throws SQLException {
        try (Connection connection = world.server().connect(database)) {
            Checker checker = new Checker(connection);
            long deadline = System.nanoTime() + ChaosEnvironment.PATIENCE.toNanos();
            while (Integer.parseInt(checker.strings(query).get(0)) < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("still not " + count + ": " + query);
                }
                ChaosServer.pause(50);
            }
        }
    }

    /** Waits until so many processes have connected. */
    void awaitConnections(int count) throws SQLException {
        await(
                "select count(distinct application_name)::text from pg_stat_activity"
                        + " where datname = current_database() and application_name like 'process-%'",
                count);
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.process().close();
            member.way().close();
        }
    }
}
