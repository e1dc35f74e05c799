package io.creditrollover.cli;

import io.creditrollover.remote.RemoteRanges;
import io.creditrollover.rollover.PartitionHandlerFactory;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Option;

final class WorkersOption {
    @Option(
            names = "--workers",
            paramLabel = "local|remote",
            description = "Who works through the users: this process, or others that the command worker starts.")
    private Where where = Where.LOCAL;

    enum Where {
        LOCAL,
        REMOTE
    }

    PartitionHandlerFactory of(ApplicationContext application) {
        return where == Where.REMOTE ? application.getBean(RemoteRanges.class) : PartitionHandlerFactory.LOCAL;
    }
}
