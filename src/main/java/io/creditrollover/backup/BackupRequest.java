package io.creditrollover.backup;

import java.time.LocalDate;
import java.util.function.BooleanSupplier;

/**
 * The run to back up.
 *
 * @param date its rollover date
 * @param stop checked several times a second
 */
public record BackupRequest(long runId, LocalDate date, BooleanSupplier stop) {}
