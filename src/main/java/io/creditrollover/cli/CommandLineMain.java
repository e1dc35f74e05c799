package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.Masked;
import io.creditrollover.lease.StopSignal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** Maps arguments to one command, its result to standard output, and its end to an exit code. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /** Runs one command of {@code application} and ends the process. */
    public static void run(Class<?> application, String... args) {
        GracefulStop stop = GracefulStop.install(() -> lastWords(args));
        int code = ExitCode.RETRY.code();
        try {
            code = execute(new ApplicationStarter(application), stop.signal(), args);
        } finally {
            stop.finished(code);
        }
        System.exit(code);
    }

    /** As {@link #run}, but returns the exit code and handles no signals. */
    public static int execute(Class<?> application, String... args) {
        return execute(new ApplicationStarter(application), new StopSignal(), args);
    }

    /** Only the result goes to standard output. */
    static int execute(ApplicationStarter starter, StopSignal signal, String... args) {
        PrintStream standardOutput = System.out;
        PrintWriter out = new PrintWriter(standardOutput, true, StandardCharsets.UTF_8);
        // Keeps other output, such as early log lines, out of the result.
        System.setOut(System.err);
        try {
            return execute(starter, signal, out, args);
        } finally {
            System.setOut(standardOutput);
        }
    }

    private static int execute(ApplicationStarter starter, StopSignal signal, PrintWriter out, String... args) {
        Console console = new Console(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Commands commands = new Commands(starter, console, signal);
        CommandLine line = commands.commandLine();
        line.setOut(out);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(LocalDate.class, CommandLineMain::date);
        line.setParameterExceptionHandler((wrong, given) -> usage(console, wrong, given));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            throw failure;
        });
        return line.execute(withDefaultCommand(args));
    }

    private static LocalDate date(String given) {
        try {
            LocalDate date = LocalDate.parse(given);
            if (date.getYear() < 1970 || date.getYear() > 9999) {
                throw new CommandLine.TypeConversionException("'" + given + "' is not from 1970-01-01 to 9999-12-31");
            }
            return date;
        } catch (DateTimeException none) {
            throw new CommandLine.TypeConversionException("'" + given + "' is not a date such as 2026-03-01");
        }
    }

    private static int usage(Console console, CommandLine.ParameterException wrong, String... args) {
        String first = Masked.firstLine(wrong);
        String sentence = first + (first.endsWith(".") ? "" : ".") + " See "
                + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help.";
        CommandResult answer = CommandResult.refused(ExitCode.USAGE, sentence);
        console.answer(answer, asksForJson(args));
        return answer.exitCode().code();
    }

    private static boolean asksForJson(String... args) {
        return Arrays.asList(args).contains("--json");
    }

    /** Prints a result if the command did not stop in time after SIGTERM. */
    private static void lastWords(String... args) {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        new Console(out, err)
                .answer(
                        CommandResult.refused(
                                ExitCode.RETRY,
                                "Stopped by force, because the current step took too long to stop. Uncommitted work"
                                        + " is rolled back. Try again."),
                        asksForJson(args));
    }

    private static String[] withDefaultCommand(String... args) {
        List<String> help = List.of("-h", "--help", "-V", "--version");
        if (args.length > 0 && (!args[0].startsWith("-") || help.contains(args[0]))) {
            return args;
        }
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(Arrays.asList(args));
        return all.toArray(String[]::new);
    }
}
