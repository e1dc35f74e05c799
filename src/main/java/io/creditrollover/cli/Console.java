package io.creditrollover.cli;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.run.Progress;
import java.io.PrintWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints results to standard output, all else to standard error. */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Prints one JSON object with {@code json}, else text; in both cases the error. */
    void answer(CommandResult answer, boolean json) {
        if (json) {
            out.println(Json.MAPPER.writeValueAsString(object(answer)));
        } else if (!answer.text().isEmpty()) {
            out.println(answer.text());
        }
        if (answer.error() != null) {
            err.println("credit-rollover: " + answer.error());
        }
        out.flush();
        err.flush();
    }

    private static ObjectNode object(CommandResult answer) {
        ObjectNode object =
                answer.body() == null ? Json.MAPPER.createObjectNode() : Json.MAPPER.valueToTree(answer.body());
        object.put("exitCode", answer.exitCode().code());
        if (answer.exitCode() != ExitCode.OK) {
            object.put("error", answer.error());
        }
        return object;
    }

    /** Returns a bar on a terminal, else log lines at intervals. */
    Progress progress(boolean json) {
        return !json && picocli.CommandLine.Help.Ansi.AUTO.enabled() ? new ProgressBarOnTerminal() : new LogProgress();
    }

    /** Loads Jackson on first use: it takes half the time of {@code --help}. */
    private static final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();
    }
}
