package io.creditrollover.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program, and ends it at the deadline or on a stop. */
final class ChildProcess {
    private static final int MAX_OUTPUT_BYTES = 1 << 16;
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LD_LIBRARY_PATH", "SystemRoot");

    private ChildProcess() {}

    /** @param said output and errors, up to a maximum length */
    record End(int code, String said) {}

    /** Passes on only the variables for finding programs, because ours contain passwords. */
    static End run(List<String> command, Map<String, String> environment, Deadline deadline)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            StringBuilder said = new StringBuilder();
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                read(process.getInputStream(), said);
                deadline.check();
            }
            read(process.getInputStream(), said);
            return new End(process.exitValue(), said.toString());
        } finally {
            end(process);
        }
    }

    private static void read(InputStream in, StringBuilder said) throws IOException {
        int available = in.available();
        while (available > 0) {
            String text = new String(in.readNBytes(available), StandardCharsets.UTF_8);
            said.append(text, 0, Math.min(text.length(), MAX_OUTPUT_BYTES - said.length()));
            available = in.available();
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
