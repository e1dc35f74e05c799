package io.creditrollover.backup;

import io.creditrollover.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password where only the owner of this process can read it, and libpq looks for it; gone when it is closed. */
record PasswordFile(Path path) implements AutoCloseable {
    /** @throws UnmadeException 78 when there is nowhere to write it */
    static PasswordFile holding(String password) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path path = Files.createTempFile(temporary, "credit-rollover", "", BackupDirectory.forOwnerOnly(temporary));
            Files.writeString(path, "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n");
            return new PasswordFile(path);
        } catch (IOException unwritable) {
            throw new UnmadeException(
                    ExitCode.CONFIGURATION,
                    "no temporary file can be written in " + temporary + ", and pg_dump needs one");
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
