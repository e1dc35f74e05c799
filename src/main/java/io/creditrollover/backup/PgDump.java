package io.creditrollover.backup;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.Masked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class PgDump {
    private static final Pattern VERSION = Pattern.compile("pg_dump \\(PostgreSQL\\) (\\d+)");
    private static final Pattern ERROR = Pattern.compile("(?m)^\\S*pg_dump: (?:error: )?(.+)$");
    /** Permanent errors. */
    private static final Pattern TO_MEND =
            Pattern.compile("permission denied|authentication failed|does not exist|no password supplied");

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);

    private final @Nullable String configured;
    private final DirectConnection connection;

    PgDump(RolloverProperties properties, DirectConnection connection) {
        this.configured = properties.backup().pgDump();
        this.connection = connection;
    }

    /** Returns why pg_dump cannot be used, as a clause; empty if it can. Rejects (78) another program. */
    Optional<String> unfit(BackupSource survey, Deadline deadline) throws InterruptedException {
        PasswordFile.removeStale();
        OptionalInt version = version(deadline);
        if (version.isEmpty()) {
            return Optional.of("there is no pg_dump on the PATH");
        }
        if (version.getAsInt() < survey.serverMajor()) {
            return Optional.of("pg_dump " + version.getAsInt() + " is older than the server, " + survey.serverMajor());
        }
        if (survey.pooled() && !connection.isNamedApart()) {
            return Optional.of(
                    "the database is behind a connection pooler and SPRING_FLYWAY_URL is not a direct connection");
        }
        if (survey.obstacle() != null) {
            return Optional.of(survey.obstacle());
        }
        return connection.login().isPresent()
                ? Optional.empty()
                : Optional.of("the JDBC URL has parameters that only Java understands");
    }

    private OptionalInt version(Deadline deadline) throws InterruptedException {
        String said;
        try {
            Deadline ofItsOwn = new Deadline(deadline::isStopped, VERSION_TIMEOUT);
            said = ChildProcess.run(List.of(program(), "--version"), Map.of(), ofItsOwn)
                    .said();
        } catch (IOException notThere) {
            said = "";
        }
        Matcher version = VERSION.matcher(said);
        if (version.find()) {
            return OptionalInt.of(Integer.parseInt(version.group(1)));
        }
        if (configured != null) {
            throw new BackupFailedException(
                    ExitCode.CONFIGURATION, "rollover.backup.pg-dump is not an executable pg_dump: " + configured);
        }
        return OptionalInt.empty();
    }

    /** @throws BackupFailedException 75 or 78 with pg_dump's message, as a clause */
    void dump(BackupSource survey, Path file, Deadline deadline) throws IOException, InterruptedException {
        DirectConnection.Login login = connection.login().orElseThrow();
        if (login.password() == null) {
            dump(survey, file, login.environment(), deadline);
            return;
        }
        try (PasswordFile password = PasswordFile.holding(login.password())) {
            Map<String, String> environment = new LinkedHashMap<>(login.environment());
            environment.put("PGPASSFILE", password.path().toString());
            dump(survey, file, environment, deadline);
        }
    }

    private void dump(BackupSource survey, Path file, Map<String, String> environment, Deadline deadline)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program(), "--format=custom", "--no-password", "--lock-wait-timeout=10s", "--file=" + file));
        survey.tables().forEach(table -> command.add("--table=" + table.qualified()));
        survey.sequences().forEach(sequence -> command.add("--table=" + sequence));
        ChildProcess.End end = ChildProcess.run(command, environment, deadline);
        if (end.code() != 0) {
            throw failed(end);
        }
    }

    private static BackupFailedException failed(ChildProcess.End end) {
        Matcher error = ERROR.matcher(end.said());
        String what = error.find() ? error.group(1) : "pg_dump ended with " + end.code();
        ExitCode code = TO_MEND.matcher(what).find() ? ExitCode.CONFIGURATION : ExitCode.RETRY;
        return new BackupFailedException(code, "pg_dump says: " + Masked.text(what));
    }

    private String program() {
        return configured == null ? "pg_dump" : configured;
    }
}
