package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.lease.StopSignal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** Turns arguments into one command, its answer into standard output, and its end into an exit code. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /** Runs one command of {@code application} and ends the process. */
    public static void run(Class<?> application, String... args) {
        GracefulStop stop = GracefulStop.install();
        int code = ExitCode.RETRY.code();
        try {
            code = execute(new ApplicationStarter(application), stop.signal(), args);
        } finally {
            stop.finished(code);
        }
        System.exit(code);
    }

    /**
     * Runs one command of {@code application} in this process and returns its exit code; the process goes on, and a signal
     * ends it as it ends any Java process.
     */
    public static int execute(Class<?> application, String... args) {
        return execute(new ApplicationStarter(application), new StopSignal(), args);
    }

    /** Runs one command and returns its exit code; nothing but the answer goes to standard output. */
    static int execute(ApplicationStarter starter, StopSignal signal, String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
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
            return LocalDate.parse(given);
        } catch (DateTimeException none) {
            throw new CommandLine.TypeConversionException("'" + given + "' is not a date such as 2026-03-01");
        }
    }

    private static int usage(Console console, CommandLine.ParameterException wrong, String... args) {
        String first = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
        String sentence = first + (first.endsWith(".") ? "" : ".") + " See "
                + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help.";
        Answer answer = Answer.refused(ExitCode.USAGE, sentence);
        console.answer(answer, Arrays.asList(args).contains("--json"));
        return answer.exitCode().code();
    }

    /** Without a command it is {@code run}, options included. */
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
