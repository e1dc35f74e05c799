package io.creditrollover.backup;

import java.time.LocalDate;
import java.util.function.BooleanSupplier;

/**
 * The run that a copy is made for.
 *
 * @param runId its id
 * @param date its rollover date
 * @param stop whether somebody asked to stop; looked at several times a second
 */
public record BackupRequest(long runId, LocalDate date, BooleanSupplier stop) {}
