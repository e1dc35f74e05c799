package io.creditrollover.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name: {@code credit-rollover-shop-2026-12-01-run7-20261130T203004Z.dump}. Files with other names are never
 * touched.
 *
 * @param database only letters, digits and underscores; others are replaced
 * @param madeAt the database's time, to the second in the name
 * @param suffix {@code dump} or {@code zip}, optionally with {@code .sha256} or {@code .part}
 */
record BackupFile(String database, LocalDate date, long runId, Instant madeAt, String suffix) {
    static final String CHECKSUM = ".sha256";
    static final String UNFINISHED = ".part";

    private static final DateTimeFormatter MADE_AT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final Pattern NAME = Pattern.compile("credit-rollover-(\\w+)-(\\d{4}-\\d{2}-01)-run(\\d{1,18})-"
            + "(\\d{8}T\\d{6}Z)\\.((?:dump|zip)(?:\\.sha256|\\.part)?)");

    static BackupFile of(BackupSource survey, BackupRequest order, String suffix) {
        return new BackupFile(
                survey.database().replaceAll("\\W", "_"), order.date(), order.runId(), survey.now(), suffix);
    }

    static Optional<BackupFile> parse(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new BackupFile(
                        parts.group(1),
                        LocalDate.parse(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        LocalDateTime.parse(parts.group(4), MADE_AT).toInstant(ZoneOffset.UTC),
                        parts.group(5)))
                : Optional.empty();
    }

    String name() {
        return "credit-rollover-" + database + "-" + date + "-run" + runId + "-"
                + MADE_AT.format(madeAt.atOffset(ZoneOffset.UTC)) + "." + suffix;
    }

    boolean isUnfinished() {
        return suffix.endsWith(UNFINISHED);
    }

    boolean isChecksum() {
        return suffix.endsWith(CHECKSUM);
    }

    /** Returns the name of a checksum's backup. */
    String nameOfTheSummed() {
        String name = name();
        return name.substring(0, name.length() - CHECKSUM.length());
    }
}
