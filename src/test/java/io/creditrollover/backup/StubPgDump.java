package io.creditrollover.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program that says it is a pg_dump fit for every server, and then does as it is told. */
final class StubPgDump {
    private StubPgDump() {}

    /** {@code script} finds the file to write in {@code $file}. */
    static String that(Path directory, String script) throws IOException {
        return saying(directory, "pg_dump (PostgreSQL) 99.1", script);
    }

    static String saying(Path directory, String version, String script) throws IOException {
        Path stub = Files.writeString(directory.resolve("pg_dump_stub"), """
                #!/bin/sh
                if [ "$1" = --version ]; then echo '%s'; exit 0; fi
                for argument; do case "$argument" in --file=*) file="${argument#--file=}";; esac; done
                %s
                """.formatted(version, script));
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwx------"));
        return stub.toString();
    }
}
