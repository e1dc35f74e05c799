package io.creditrollover.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sixteen clients on the same users for the whole of a large run. */
@Tag("chaos")
class TrafficTest {
    private static final int USERS = Integer.getInteger("chaos.users", 100_000);

    /** As in production, but for the lease. */
    private static final Map<String, String> LARGE =
            Map.of("ROLLOVER_CHUNK_SIZE", "500", "ROLLOVER_PARTITIONS", "8", "ROLLOVER_LEASE_DURATION", "PT20S");

    private static ChaosEnvironment world;

    @BeforeAll
    static void makeAWorld() throws IOException, SQLException {
        world = ChaosEnvironment.create(Rounds.seed(), USERS);
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void everyBalanceAddsUpUnderRelativeChanges() throws Exception {
        survives(HostTraffic.Habit.RELATIVE, world.proxy(), 0);
    }

    @Test
    void everyBalanceAddsUpWhereTheHostComparesBeforeItWrites() throws Exception {
        survives(HostTraffic.Habit.COMPARED, world.proxy(), 2);
    }

    @Test
    void aHostThatWritesBackBlindlyLosesNothingByTheRun() throws Exception {
        survives(HostTraffic.Habit.BLIND, world.proxy(), 0);
    }

    @Test
    void everyBalanceAddsUpThroughPgBouncer() throws Exception {
        PgBouncer.assumeInstalled();
        try (PgBouncer bouncer =
                        PgBouncer.start(world.directory(), world.server().port(), 6);
                TcpProxy way = TcpProxy.to(bouncer.port())) {
            survives(HostTraffic.Habit.RELATIVE, way, 2);
        }
    }

    private static void survives(HostTraffic.Habit habit, TcpProxy way, int kills) throws SQLException, IOException {
        new TrafficRound(world, habit, 16, LARGE).run(Rounds.seed(), way, kills);
        Rounds.count("users", USERS, Rounds.seed(), Rounds.seed());
    }
}
