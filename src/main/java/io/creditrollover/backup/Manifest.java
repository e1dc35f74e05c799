package io.creditrollover.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The contents of an export; written last. */
record Manifest(
        String database, String serverVersion, long runId, LocalDate rolloverDate, Instant madeAt, List<Table> tables) {
    /** @param omittedColumns unreadable for the role */
    record Table(String name, String file, long rows, List<String> omittedColumns) {}

    static String of(BackupSource survey, BackupRequest order, Map<BackupSource.Table, Long> rows) {
        List<Table> tables = rows.entrySet().stream()
                .map(entry -> new Table(
                        entry.getKey().name(),
                        entry.getKey().name() + ".csv",
                        entry.getValue(),
                        entry.getKey().omitted()))
                .toList();
        return JsonMapper.shared()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new Manifest(
                        survey.database(), survey.serverVersion(), order.runId(), order.date(), survey.now(), tables));
    }
}
