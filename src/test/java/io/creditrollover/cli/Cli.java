package io.creditrollover.cli;

import io.creditrollover.TestDatabase;
import io.creditrollover.lease.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line in this JVM. Standard output and error are the JVM's, so one command at a time. */
public final class Cli {
    private final ApplicationStarter starter;

    private Cli(ApplicationStarter starter) {
        this.starter = starter;
    }

    /** {@code settings} are keys with values, such as {@code rollover.chunk-size=10}. */
    public static Cli on(TestDatabase database, String... settings) {
        return new Cli(TestApplication.starter(database, settings));
    }

    /** Without a database but for what the settings say. */
    public static Cli with(String... settings) {
        String[] all = Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new);
        return new Cli(OtherStarters.quick(all));
    }

    /** As above, started once and lent to each command, for many commands that find the database changed. */
    public static Cli startedOnceWith(String... settings) {
        return new Cli(OtherStarters.startedOnce(with(settings).starter));
    }

    /** As {@link #on}, started once and lent to each command until {@link #end}. */
    public static Cli startedOnce(TestDatabase database, String... settings) {
        return new Cli(OtherStarters.startedOnce(on(database, settings).starter));
    }

    /** As above, in a process with these environment variables and no others. */
    public static Cli withVariables(Map<String, String> variables, String... settings) {
        String[] all = Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new);
        return new Cli(OtherStarters.inEnvironment(variables, all));
    }

    /** Ends one that was started once. */
    public void end() {
        if (starter instanceof OtherStarters.StartedOnce once) {
            once.end();
        }
    }

    public Result run(String... args) {
        return run(new StopSignal(), args);
    }

    public synchronized Result run(StopSignal signal, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            int code = CommandLineMain.execute(starter, signal, args);
            return new Result(code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /**
     * What a command did.
     *
     * @param out standard output
     * @param err standard error
     */
    public record Result(int exitCode, String out, String err) {
        /** The one JSON object on standard output; fails where there is anything else. */
        public JsonNode json() {
            if (out.lines().count() != 1) {
                throw new AssertionError("not one line on standard output, but: " + out);
            }
            return JsonMapper.shared().readTree(out);
        }
    }
}
