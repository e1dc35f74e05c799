package io.creditrollover.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor seconds of processes, from Linux's {@code /proc}. On a machine that others use too they say more than the
 * clock does.
 */
final class ProcessorTime {
    private static final double TICKS_PER_SECOND = 100;
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessorTime() {}

    /** Returns that of one process; 0 when it has ended. */
    static double of(long pid) {
        String[] stat = stat(Path.of("/proc", String.valueOf(pid), "stat"));
        return stat.length == 0 ? 0 : ticks(stat, USER, SYSTEM) / TICKS_PER_SECOND;
    }

    /** Returns that of a process with all children it has and had. */
    static double ofFamily(long pid) {
        String[] parent = stat(Path.of("/proc", String.valueOf(pid), "stat"));
        double ticks = ticks(parent, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String[] stat = stat(process.resolve("stat"));
                if (stat.length > 0 && Long.parseLong(stat[PARENT]) == pid) {
                    ticks += ticks(stat, USER, SYSTEM);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double ticks(String[] stat, int... fields) {
        double sum = 0;
        for (int field : fields) {
            sum += Double.parseDouble(stat[field]);
        }
        return sum;
    }

    /** The fields behind the name, from the state on; none when the process has ended. */
    private static String[] stat(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException ended) {
            return new String[0];
        }
    }
}
