package io.creditrollover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands but {@code serve} share. */
abstract class JsonCommand implements Callable<Integer> {
    final CommandRunner invocation;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    JsonCommand(CommandRunner invocation) {
        this.invocation = invocation;
    }
}
