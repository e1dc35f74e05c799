package io.creditrollover.backup;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Makes a backup before a run's first write: with {@code pg_dump}, else by COPY, with the reason in the log. Only a
 * complete backup has its final name. One backup is made at a time.
 */
@Component
public class Backup {
    private static final Logger log = LoggerFactory.getLogger(Backup.class);
    /** Balances may change later; an attempt without writes then makes a new backup. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final RolloverProperties.Backup settings;
    private final BackupSourceInspector surveyor;
    private final PgDump pgDump;
    private final CopyExport copyExport;

    Backup(RolloverProperties properties, BackupSourceInspector surveyor, PgDump pgDump, CopyExport copyExport) {
        this.settings = properties.backup();
        this.surveyor = surveyor;
        this.pgDump = pgDump;
        this.copyExport = copyExport;
    }

    public boolean isEnabled() {
        return settings.enabled();
    }

    /**
     * Makes a backup, unless an earlier attempt at the run made one in the last hour.
     *
     * @param earlier the earlier attempt's; empty for none
     * @return the name in {@code rollover.backup.directory}
     * @throws ExitException 75 if a retry may help, else 78; no file has a final name then
     * @throws JobInterruptedException on a stop; no file has a final name then
     */
    public String make(BackupRequest order, Optional<String> earlier) throws JobInterruptedException {
        try {
            BackupDirectory directory = BackupDirectory.existing(Objects.requireNonNull(settings.directory()));
            BackupSource survey = surveyor.look();
            if (earlier.isPresent() && isFresh(earlier.get(), directory, survey)) {
                log.info("The backup of an earlier attempt is still valid: {}.", earlier.get());
                return earlier.get();
            }
            return make(order, survey, directory);
        } catch (Deadline.StoppedException | InterruptedException stopped) {
            throw new JobInterruptedException("asked to stop during the backup");
        } catch (BackupFailedException unmade) {
            throw failed(order, unmade);
        } catch (IOException unwritable) {
            throw failed(order, BackupFailedException.of(unwritable));
        } catch (UncheckedIOException unwritable) {
            throw failed(order, BackupFailedException.of(Objects.requireNonNull(unwritable.getCause())));
        } catch (DataAccessException | TransactionException database) {
            throw failed(order, BackupFailedException.of(database));
        }
    }

    private static boolean isFresh(String name, BackupDirectory directory, BackupSource survey) {
        return Files.exists(directory.path().resolve(name))
                && BackupFile.parse(name)
                        .filter(file -> file.madeAt().isAfter(survey.now().minus(FRESH)))
                        .isPresent();
    }

    private String make(BackupRequest order, BackupSource survey, BackupDirectory directory)
            throws IOException, InterruptedException {
        Deadline deadline = new Deadline(order.stop(), settings.timeout());
        Optional<String> unfit = pgDump.unfit(survey, deadline);
        unfit.ifPresent(reason -> log.warn("pg_dump is not used because {}. The tables are exported by COPY.", reason));
        BackupFile file = BackupFile.of(survey, order, unfit.isEmpty() ? "dump" : "zip");
        directory.removeLeftovers(file.database(), survey.now(), settings.timeout());
        Path part = directory.begin(file);
        try {
            if (unfit.isEmpty()) {
                pgDump.dump(survey, part, deadline);
            } else {
                copyExport.export(survey, order, part, deadline);
            }
            Path finished = directory.finish(file, part);
            tell(finished, deadline);
        } finally {
            Files.deleteIfExists(part);
        }
        directory.removeOld(file.database(), survey.now(), settings.retention());
        return file.name();
    }

    private static void tell(Path finished, Deadline deadline) throws IOException {
        log.info(
                "Backup before the first write: {}, {} MB in {} s; its SHA-256 file is next to it.",
                finished,
                String.format(Locale.ROOT, "%.1f", Files.size(finished) / 1e6),
                String.format(Locale.ROOT, "%.1f", deadline.elapsedSeconds()));
    }

    private static ExitException failed(BackupRequest order, BackupFailedException unmade) {
        return new ExitException(
                unmade.exitCode(),
                "The backup before run " + order.runId() + " failed, so nothing was written: " + unmade.because() + ".",
                unmade);
    }
}
