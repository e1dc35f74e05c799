package io.creditrollover.rollover;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format ("File Formats" in its manual); avoids text conversion. Each row needs one
 * value per column, of the column's type. Not thread-safe.
 */
final class PgBinaryCopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int FLAGS_AND_EXTENSION = 8;
    private static final int NULL = -1;
    private static final short END = -1;

    /** PostgreSQL's epoch. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private static final Instant FIRST_MOMENT = Instant.parse("2000-01-01T00:00:00Z");

    private final short columns;
    private ByteBuffer bytes;

    PgBinaryCopyBuffer(int columns, int capacity) {
        this.columns = (short) columns;
        this.bytes = ByteBuffer.allocate(SIGNATURE.length + FLAGS_AND_EXTENSION + capacity + Short.BYTES);
        bytes.put(SIGNATURE).putLong(0);
    }

    PgBinaryCopyBuffer begin() {
        room(Short.BYTES).putShort(columns);
        return this;
    }

    PgBinaryCopyBuffer int4(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    PgBinaryCopyBuffer int8(@Nullable Long value) {
        return value == null ? none() : eightBytes(value);
    }

    PgBinaryCopyBuffer text(@Nullable String value) {
        if (value == null) {
            return none();
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
        return this;
    }

    PgBinaryCopyBuffer date(LocalDate value) {
        return int4((int) ChronoUnit.DAYS.between(FIRST_DAY, value));
    }

    PgBinaryCopyBuffer timestamptz(@Nullable Instant value) {
        return value == null ? none() : eightBytes(micros(value));
    }

    /** Ends the data; append nothing afterwards. */
    InputStream toStream() {
        room(Short.BYTES).putShort(END);
        return new ByteArrayInputStream(bytes.array(), 0, bytes.position());
    }

    /** ChronoUnit counts nanoseconds first and overflows after 292 years. */
    private static long micros(Instant value) {
        long seconds = value.getEpochSecond() - FIRST_MOMENT.getEpochSecond();
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), value.getNano() / 1_000);
    }

    private PgBinaryCopyBuffer none() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }

    private PgBinaryCopyBuffer eightBytes(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    private ByteBuffer room(int needed) {
        if (bytes.remaining() < needed) {
            int position = bytes.position();
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), 2 * bytes.capacity() + needed));
            bytes.position(position);
        }
        return bytes;
    }
}
