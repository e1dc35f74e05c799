package io.creditrollover.demo;

import io.creditrollover.cli.CommandLineMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Runs commands of the product as a person would, and shows what they print. */
final class DemoCommand {
    private final DemoTerminal terminal;

    DemoCommand(DemoTerminal terminal) {
        this.terminal = terminal;
    }

    /** Shows the command line, runs it, shows its answer, and returns its exit code. */
    int run(String... arguments) {
        String shown = Arrays.stream(arguments)
                .map(argument -> argument.contains(" ") ? '"' + argument + '"' : argument)
                .collect(Collectors.joining(" "));
        terminal.heading("$ java -jar target/credit-rollover.jar " + shown);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = captured(said, arguments);
        terminal.paragraph("  ", said.toString(StandardCharsets.UTF_8));
        terminal.styled("  @|faint exit code %d|@", exitCode);
        return exitCode;
    }

    /** A progress bar goes past this, straight to the terminal. */
    private static int captured(ByteArrayOutputStream said, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            return CommandLineMain.execute(DemoContext.class, arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
