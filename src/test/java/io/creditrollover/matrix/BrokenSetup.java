package io.creditrollover.matrix;

import io.creditrollover.TestDatabase;
import io.creditrollover.cli.Cli;

/**
 * One thing that is broken while one command runs.
 *
 * @param database where nothing, or something, is written
 * @param cli what runs the command
 * @param breaking breaks it, unless it was broken from the beginning
 * @param mending makes it whole for the next row, where the database is not this row's alone
 */
record BrokenSetup(TestDatabase database, Cli cli, Runnable breaking, Runnable mending) {
    /** Broken by its settings, or by what the database lacks. */
    static BrokenSetup of(TestDatabase database, Cli cli) {
        return new BrokenSetup(database, cli, () -> {}, () -> {});
    }

    /** Broken by one statement and mended by another. */
    static BrokenSetup of(TestDatabase database, Cli cli, String breaking, String mending) {
        return new BrokenSetup(database, cli, () -> database.execute(breaking), () -> database.execute(mending));
    }
}
