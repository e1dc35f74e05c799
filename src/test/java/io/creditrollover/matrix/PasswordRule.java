package io.creditrollover.matrix;

import io.creditrollover.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** A role whose password the server asks for, which it does of nobody else; and of this one only for a while. */
final class PasswordRule {
    private static final int MAX_TRIES = 500;
    private static final long BETWEEN_TRIES_NANOS = 10_000_000;

    private final TestDatabase database;
    private final String role;
    private final Path rules;
    private final String before;

    PasswordRule(TestDatabase database) {
        this.database = database;
        this.role = "needs_password_" + database.name();
        this.rules =
                Path.of(database.jdbc().sql("show hba_file").query(String.class).single());
        try {
            this.before = Files.readString(rules);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String role() {
        return role;
    }

    void askForOne() {
        database.execute("create role " + role + " login password 'another'");
        write("host all " + role + " all scram-sha-256\n" + before);
        awaitRefusal();
    }

    void askForNone() {
        write(before);
        database.execute("drop role " + role);
    }

    private void write(String content) {
        try {
            Files.writeString(rules, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        database.execute("select pg_reload_conf()");
    }

    private void awaitRefusal() {
        PGSimpleDataSource login = new PGSimpleDataSource();
        login.setUrl(database.url());
        login.setUser(role);
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            try (var connection = login.getConnection()) {
                LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
            } catch (SQLException refused) {
                return;
            }
        }
        throw new AssertionError("the server still asks for no password");
    }
}
