package io.creditrollover.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Exports the tables as CSV to a zip with restore script and manifest. One READ ONLY, REPEATABLE READ transaction gives
 * one snapshot, also behind a pooler.
 */
@Component
class CopyExport {
    private final JdbcOperations jdbc;
    private final TransactionTemplate transaction;

    CopyExport(JdbcOperations jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true); // a writing one is broken off after a lease
    }

    void export(BackupSource survey, BackupRequest order, Path file, Deadline deadline) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            Map<BackupSource.Table, Long> rows = new LinkedHashMap<>();
            transaction.executeWithoutResult(status -> {
                begin(deadline);
                for (BackupSource.Table table : survey.tables()) {
                    rows.put(table, rows(table, zip, deadline));
                }
            });
            write(zip, "restore.sql", RestoreScript.of(survey));
            write(zip, "manifest.json", Manifest.of(survey, order, rows));
        }
    }

    /** Sets everything for the transaction: a pooler may share the session. */
    private void begin(Deadline deadline) {
        jdbc.execute("set transaction isolation level repeatable read");
        jdbc.queryForMap("""
                select set_config('statement_timeout', ?, true), set_config('lock_timeout', '10s', true),
                       set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true),
                       set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true),
                       set_config('extra_float_digits', '1', true)
                """, deadline.timeout().toMillis() + "ms");
    }

    private Long rows(BackupSource.Table table, ZipOutputStream zip, Deadline deadline) {
        String columns =
                table.columns().stream().map(BackupSource.Column::quoted).collect(Collectors.joining(", "));
        String copy = "copy (select " + columns + " from " + table.qualified() + ") to stdout (format csv, header)";
        return jdbc.execute((Connection connection) -> {
            try {
                zip.putNextEntry(new ZipEntry(table.name() + ".csv"));
                long rows = stream(connection.unwrap(PGConnection.class), copy, zip, deadline);
                zip.closeEntry();
                return rows;
            } catch (IOException unwritable) {
                throw new java.io.UncheckedIOException(unwritable);
            }
        });
    }

    private static long stream(PGConnection connection, String sql, OutputStream out, Deadline deadline)
            throws SQLException, IOException {
        CopyOut copy = connection.getCopyAPI().copyOut(sql);
        try {
            byte[] row = copy.readFromCopy();
            while (row != null) {
                deadline.check();
                out.write(row);
                row = copy.readFromCopy();
            }
            return copy.getHandledRowCount();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
