package io.creditrollover.cli;

import io.creditrollover.lease.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands, wired by hand: parsing needs no application. */
@Command(
        name = "credit-rollover",
        description = "Decides once a month whether users' credits roll over or expire.",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class)
final class Commands implements Runnable {
    private final ApplicationStarter starter;
    private final Console console;
    private final StopSignal signal;

    Commands(ApplicationStarter starter, Console console, StopSignal signal) {
        this.starter = starter;
        this.console = console;
        this.signal = signal;
    }

    CommandLine commandLine() {
        CommandRunner invocation = new CommandRunner(starter, console, signal);
        return new CommandLine(this)
                .addSubcommand(new RunCommand(invocation))
                .addSubcommand(new RestartCommand(invocation))
                .addSubcommand(new UndoCommand(invocation))
                .addSubcommand(new EraseCommand(invocation))
                .addSubcommand(new ReinstateCommand(invocation))
                .addSubcommand(new SecondLookCommand(invocation))
                .addSubcommand(new NotifyCommand(invocation))
                .addSubcommand(new DailyCommand(invocation))
                .addSubcommand(new ForecastCommand(invocation))
                .addSubcommand(new ExplainCommand(invocation))
                .addSubcommand(new StatusCommand(invocation))
                .addSubcommand(new ReportCommand(invocation))
                .addSubcommand(new WorkerCommand(invocation))
                .addSubcommand(new DoctorCommand(invocation))
                .addSubcommand(new MigrateCommand(invocation))
                .addSubcommand(new ArchiveClassesCommand(invocation))
                .addSubcommand(new ServeCommand(invocation));
    }

    /** Never called: the default command is {@code run}. */
    @Override
    public void run() {
        throw new IllegalStateException("there is always a command");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"credit-rollover " + (version == null ? "(not packaged)" : version)};
        }
    }
}
