package io.creditrollover.run;

import io.creditrollover.host.TableIdentity;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Describes changed host tables. */
final class HostTablesCheck {
    private HostTablesCheck() {}

    /** Returns difference and remedy, as the end of a sentence. */
    static String difference(JdbcClient jdbc, TableIdentity stored) {
        List<String> lost = stored.lost(TableIdentity.read(jdbc));
        return "the host's tables are not those of the run's first write (" + describe(lost)
                + "), so payments may have become invisible. When the tables are back, run or restart it;"
                + " to go on with the tables of now, add --approve REASON.";
    }

    private static String describe(List<String> lost) {
        return lost.stream()
                .map(HostTablesCheck::describe)
                .distinct()
                .findFirst()
                .orElse("they changed and are back");
    }

    private static String describe(String mark) {
        String[] words = mark.split(" ");
        return switch (words[0]) {
            case "name" -> words[1] + " is another table";
            case "child" -> "a partition is gone";
            case "view" -> "a view has another definition";
            default -> "a table is gone, or its row security was changed";
        };
    }
}
