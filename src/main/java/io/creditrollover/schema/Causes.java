package io.creditrollover.schema;

import java.util.Locale;

final class Causes {
    private Causes() {}

    /** Returns the innermost message's first line, with a full stop. */
    static String rootOf(Throwable failure) {
        String line = String.valueOf(rootCauseOf(failure).getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String said = line.toUpperCase(Locale.ROOT).startsWith("ERROR: ") ? line.substring(7) : line;
        return said.endsWith(".") ? said : said + ".";
    }

    static Throwable rootCauseOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
