package io.creditrollover.backup;

import java.time.LocalDate;
import java.util.function.BooleanSupplier;

/** The run to back up. {@code stop} is checked several times a second. */
public record BackupRequest(long runId, LocalDate date, BooleanSupplier stop) {}
