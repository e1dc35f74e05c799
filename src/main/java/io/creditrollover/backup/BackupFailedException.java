package io.creditrollover.backup;

import io.creditrollover.exit.Causes;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.Masked;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** A clause without a full stop, and the exit code. */
final class BackupFailedException extends RuntimeException {
    private final ExitCode exitCode;

    BackupFailedException(ExitCode exitCode, String because) {
        super(because);
        this.exitCode = exitCode;
    }

    private BackupFailedException(ExitCode exitCode, String because, Throwable cause) {
        super(because, cause);
        this.exitCode = exitCode;
    }

    /** 78 for a missing or read-only directory; 75 for others, such as a full disk. */
    static BackupFailedException of(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        boolean toMend = failure instanceof AccessDeniedException
                || failure instanceof NoSuchFileException
                || said.contains("Read-only file system");
        String because = toMend ? "the file cannot be written (" + said + ")" : said;
        return new BackupFailedException(toMend ? ExitCode.CONFIGURATION : ExitCode.RETRY, because, failure);
    }

    /** 78 for a missing right; 75 for others. */
    static BackupFailedException of(RuntimeException failure) {
        Throwable root = Causes.root(failure);
        boolean toMend = root instanceof SQLException sql && "42501".equals(sql.getSQLState());
        return new BackupFailedException(
                toMend ? ExitCode.CONFIGURATION : ExitCode.RETRY, Masked.firstLine(root), failure);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String because() {
        return String.valueOf(getMessage());
    }
}
