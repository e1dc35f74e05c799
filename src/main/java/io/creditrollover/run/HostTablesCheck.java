package io.creditrollover.run;

import io.creditrollover.host.TableIdentity;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Describes changed host tables. */
final class HostTablesCheck {
    private HostTablesCheck() {}

    /** Returns difference and remedy, as the end of a sentence. */
    static String difference(JdbcClient jdbc, TableIdentity stored) {
        if (stored.marks().isEmpty()) {
            return "an older version began it and did not store which tables it read. Check that no payments are"
                    + " missing. Then run or restart it with --approve REASON.";
        }
        List<String> lost = stored.lost(TableIdentity.read(jdbc));
        return "the host's tables changed since the run's first write (" + describe(lost)
                + "), so payments may be missing. When the tables are as before, run or restart it."
                + " To resume with the current tables, add --approve REASON.";
    }

    private static String describe(List<String> lost) {
        return lost.stream()
                .map(HostTablesCheck::describe)
                .distinct()
                .findFirst()
                .orElse("they changed, then changed back");
    }

    private static String describe(String mark) {
        String[] words = mark.split(" ");
        return switch (words[0]) {
            case "name" -> words[1] + " is a different table";
            case "child" -> "a partition is missing";
            case "view" -> "the definition of a view changed";
            default -> "a table is missing, or its row security changed";
        };
    }
}
