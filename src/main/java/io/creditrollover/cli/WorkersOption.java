package io.creditrollover.cli;

import io.creditrollover.remote.RemoteRanges;
import io.creditrollover.rollover.PartitionHandlerFactory;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Option;

final class WorkersOption {
    @Option(
            names = "--workers",
            paramLabel = "local|remote",
            description =
                    "Which processes decide users: this one (local), or others started with the command worker (remote).")
    private Where where = Where.LOCAL;

    enum Where {
        LOCAL,
        REMOTE
    }

    PartitionHandlerFactory of(ApplicationContext application) {
        return where == Where.REMOTE ? application.getBean(RemoteRanges.class) : PartitionHandlerFactory.LOCAL;
    }
}
