package io.creditrollover.cli;

import io.creditrollover.remote.RemoteRanges;
import io.creditrollover.rollover.PartitionHandlerFactory;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Option;

/** The option of the commands that work on a month. */
final class WorkersOption {
    @Option(
            names = "--workers",
            paramLabel = "local|remote",
            description = "Who works through the users: this process, or others that the command worker starts.")
    private Where where = Where.LOCAL;

    /** Where the workers are. */
    enum Where {
        LOCAL,
        REMOTE
    }

    PartitionHandlerFactory of(ApplicationContext application) {
        return where == Where.REMOTE ? application.getBean(RemoteRanges.class) : PartitionHandlerFactory.LOCAL;
    }
}
