package io.creditrollover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk is full: of the tables, of the WAL, of what spills from memory, of the backups. */
@Tag("chaos")
class DiskFullTest {
    private static final String FULL = "disk of the database server is full. Free space .*No space left on device";

    /** A server that has lost its WAL is down, or coming up, for most of those who ask. */
    private static final String FULL_OR_GONE = FULL + "|cannot be reached|closed the connection|was lost";

    /** Leaves 30 kB of the segments that are there, less than any chunk needs, so that the next one cannot be made. */
    private static final String NEARLY_USED_UP = """
            select pg_logical_emit_message(false, 'chaos', repeat('x', greatest(0, 1048576 * (1 + spare) - used - 30000)))
            from (select (pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset as used,
                         (select count(*)::int from pg_ls_waldir()
                          where name > pg_walfile_name(pg_current_wal_insert_lsn())) as spare) as wal
            """;

    private final long seed = Rounds.seed();
    private final int rounds = Rounds.of("disk", 3);

    @Test
    void aFullDiskUnderTheTablesEndsTheRunInASentence() throws Exception {
        try (SmallDisk disk = SmallDisk.of("120m");
                ChaosEnvironment world = ChaosEnvironment.create(seed, 600)) {
            world.server()
                    .execute(
                            "postgres",
                            "create tablespace small location '" + disk.path() + "'",
                            "alter database base set tablespace small");
            ReferenceRun twin = ReferenceRun.of(world);
            for (int i = 0; i < rounds; i++) {
                tablesRunFull(world, twin, disk, seed + i);
            }
            Rounds.count("tables-full", rounds);
        }
    }

    private static void tablesRunFull(ChaosEnvironment world, ReferenceRun twin, SmallDisk disk, long seed)
            throws Exception {
        Random random = new Random(seed);
        try (ObstacleRound round = new ObstacleRound(world, twin, seed)) {
            // Once connected to, the copy has the file that a first session wants to write.
            world.server().execute(round.database(), "select 1");
            disk.fill();
            round.fails(null, FULL);
            round.nothingIsHalfDone(world.server());
            disk.free();
            round.fails(fillsAt(disk, ObstacleRound.CHUNK, 1 + random.nextInt(8), random.nextBoolean()), FULL);
            round.nothingIsHalfDone(world.server());
            disk.free();
            boolean atCommit = round.mayFail(fillsAt(disk, "COMMIT", 1 + random.nextInt(twin.commits()), false), FULL);
            round.nothingIsHalfDone(world.server());
            disk.free();
            round.endsLikeTheTwin();
            Rounds.say("tables' disk, seed %d: full before, at a chunk%s", seed, atCommit ? ", at a commit" : "");
        }
    }

    @Test
    void aFullDiskUnderTheWalLosesNothingThatWasCommitted() throws Exception {
        try (SmallDisk disk = SmallDisk.of("200m");
                ChaosEnvironment world = ChaosEnvironment.create(seed, 600, smallWal(disk))) {
            ReferenceRun twin = ReferenceRun.of(world);
            int panics = 0;
            for (int i = 0; i < rounds; i++) {
                panics += walRunsFull(world, twin, disk, seed + i);
            }
            assertThat(panics).as("times the server died of it").isGreaterThanOrEqualTo(rounds);
            Rounds.say("WAL's disk full: %d deaths of the server", panics);
            Rounds.count("wal-full", rounds);
        }
    }

    private static int walRunsFull(ChaosEnvironment world, ReferenceRun twin, SmallDisk disk, long seed)
            throws Exception {
        Random random = new Random(seed);
        int panics = 0;
        try (ObstacleRound round = new ObstacleRound(world, twin, seed)) {
            for (String text : List.of(ObstacleRound.CHUNK, "COMMIT", "before the run")) {
                long before = panics(world);
                boolean already = text.startsWith("before");
                if (already) {
                    usesUp(world, disk);
                }
                TcpProxy.Trap trap = new TcpProxy.Trap(text, 1 + random.nextInt(6), false, () -> {
                    usesUp(world, disk);
                    return TcpProxy.Then.FORWARD;
                });
                round.mayFail(already ? null : trap, FULL_OR_GONE);
                disk.free();
                world.server().comeBack();
                panics += panics(world) > before ? 1 : 0;
                round.nothingIsHalfDone(world.server());
            }
            round.endsLikeTheTwin();
        }
        Rounds.say("WAL's disk, seed %d: the server died %d times of 3", seed, panics);
        return panics;
    }

    private static void usesUp(ChaosEnvironment world, SmallDisk disk) {
        disk.fill();
        try {
            world.server().execute("postgres", NEARLY_USED_UP);
        } catch (SQLException died) {
            // of it already
        }
    }

    /** Segments of a megabyte, none of them kept for later, so that each one wants room of its own. */
    private static ChaosServer.Setup smallWal(SmallDisk disk) {
        return new ChaosServer.Setup(
                List.of("--waldir=" + disk.path().resolve("wal"), "--wal-segsize=1"),
                "wal_recycle = off\nmin_wal_size = 2MB\nmax_wal_size = 8MB");
    }

    private static long panics(ChaosEnvironment world) throws Exception {
        try (Stream<String> log = Files.lines(world.directory().resolve("log"))) {
            return log.filter(line -> line.contains("PANIC:")).count();
        }
    }

    @Test
    void aFullDiskForWhatSpillsStopsAForecastBeforeAnyWrite() throws Exception {
        try (SmallDisk disk = SmallDisk.of("20m");
                ChaosEnvironment world = ChaosEnvironment.create(seed, 3_000)) {
            world.server().execute("postgres", "create tablespace spill location '" + disk.path() + "'");
            for (String setting :
                    List.of("temp_tablespaces = 'spill'", "work_mem = '64kB'", "hash_mem_multiplier = 1")) {
                world.server().execute("postgres", "alter system set " + setting);
            }
            world.server().execute("postgres", "select pg_reload_conf()");
            ReferenceRun twin = ReferenceRun.of(world);
            for (int i = 0; i < rounds; i++) {
                spillRunsFull(world, twin, disk, seed + i);
            }
            Rounds.count("temporary-full", rounds);
        }
    }

    private static void spillRunsFull(ChaosEnvironment world, ReferenceRun twin, SmallDisk disk, long seed)
            throws Exception {
        try (ObstacleRound round = new ObstacleRound(world, twin, seed)) {
            disk.fill();
            round.fails(null, FULL);
            assertNothingWritten(world, round);
            disk.free();
            int chunk = 1 + new Random(seed).nextInt(100);
            boolean late = round.mayFail(fillsAt(disk, ObstacleRound.CHUNK, chunk, false), FULL);
            disk.free();
            round.nothingIsHalfDone(world.server());
            round.endsLikeTheTwin();
            assertThat(spilled(world, round)).as("bytes that spilled").isPositive();
            Rounds.say("what spills, seed %d: full before%s", seed, late ? ", and again in mid-run" : "");
        }
    }

    @Test
    void aFullDiskForBackupsStopsTheRunBeforeAnyWrite() throws Exception {
        try (ChaosEnvironment world = ChaosEnvironment.create(seed, 600);
                SmallDisk disk = SmallDisk.of("2m")) {
            ReferenceRun twin = ReferenceRun.of(world);
            try (ObstacleRound round = new ObstacleRound(world, twin, seed)) {
                round.with(Map.of(
                        "ROLLOVER_BACKUP_ENABLED",
                        "true",
                        "ROLLOVER_BACKUP_DIRECTORY",
                        disk.path().toString()));
                disk.fill();
                round.fails(null, "backup before run 1 failed, so nothing was written: .*No space left on device");
                assertNothingWritten(world, round);
                assertThat(names(disk.path()))
                        .as("nothing that looks like a copy")
                        .containsExactly("filler");
                disk.free();
                round.endsLikeTheTwin();
                assertThat(names(disk.path())).hasSize(2);
            }
            Rounds.count("backups-full", 1);
        }
    }

    private static TcpProxy.Trap fillsAt(SmallDisk disk, String text, int nth, boolean answered) {
        return new TcpProxy.Trap(text, nth, answered, () -> {
            disk.fill();
            return TcpProxy.Then.FORWARD;
        });
    }

    private static void assertNothingWritten(ChaosEnvironment world, ObstacleRound round) throws SQLException {
        try (Connection connection = world.server().connect(round.database())) {
            assertThat(new Checker(connection)
                            .strings("select user_id::text from credit_rollover_events union all"
                                    + " select user_id::text from credit_rollover_skips"))
                    .isEmpty();
        }
    }

    private static long spilled(ChaosEnvironment world, ObstacleRound round) throws SQLException {
        try (Connection connection = world.server().connect(round.database())) {
            return Long.parseLong(new Checker(connection)
                    .strings("select temp_bytes::text from pg_stat_database where datname = current_database()")
                    .get(0));
        }
    }

    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
