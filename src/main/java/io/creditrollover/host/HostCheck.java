package io.creditrollover.host;

import io.creditrollover.config.RolloverProperties;
import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks the host's tables. Reads only. Thread-safe. */
@Component
public class HostCheck {
    private final JdbcClient jdbc;
    private final SearchPath path;
    private final ZoneId zone;
    private final TransactionTemplate readOnly;

    HostCheck(
            JdbcClient jdbc, SearchPath path, RolloverProperties properties, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.readOnly = new TransactionTemplate(transactions);
        this.readOnly.setReadOnly(true);
        this.path = path;
        this.zone = properties.zone();
    }

    /** Decides the rights to check. */
    public enum Purpose {
        /** None, for example for the role of {@code migrate}. */
        SHAPE,
        READING,
        LIVE
    }

    /** Returns the problems; empty if there are none. */
    public List<Finding> findings(Purpose purpose) {
        return Objects.requireNonNull(readOnly.execute(status -> examine(purpose)));
    }

    private List<Finding> examine(Purpose purpose) {
        Place place = Place.find(jdbc, path);
        List<Finding> findings = new ArrayList<>(place.findings());
        if (place.host() == null || !findings.isEmpty()) {
            return findings;
        }
        Map<String, HostTable> tables = HostCatalogue.read(jdbc, place.host());
        Supplier<String> views = () -> new AdapterViews(tables, place.role(), place.superuser(), zone).statements();
        findings.addAll(place.absent(tables.keySet(), views));
        for (HostTable table : tables.values()) {
            findings.addAll(new ColumnChecks(table, zone, views).findings());
            findings.addAll(new TableChecks(jdbc, table).findings());
            if (purpose != Purpose.SHAPE) {
                findings.addAll(HostGrants.findings(table, place.role(), purpose == Purpose.LIVE));
            }
        }
        return findings;
    }

    /** Clears the cached schemas: the host may move its tables between two commands. */
    public void lookAgain() {
        path.forget();
    }

    /** Rejects (78) with all errors and their fixes. */
    public void require(Purpose purpose) {
        path.forget();
        List<Finding> errors =
                findings(purpose).stream().filter(Finding::isError).toList();
        if (!errors.isEmpty()) {
            throw new ExitException(ExitCode.CONFIGURATION, sentence(errors));
        }
    }

    /** Returns the origin of a column; null if it is not a column of one table. */
    @Nullable UserKey origin(String table, String column) {
        Place place = Place.find(jdbc, path);
        HostTable found = place.host() == null
                ? null
                : HostCatalogue.read(jdbc, place.host()).get(table);
        return found == null ? null : UserKey.of(jdbc, found, column);
    }

    /** Returns one text. Changes of a table come before views of it; a shared fix appears once. */
    public static String sentence(List<Finding> errors) {
        List<String> sentences = new ArrayList<>();
        List<String> views = new ArrayList<>();
        for (Finding error : errors) {
            sentences.add(error.byViews() || error.mend().isEmpty() ? error.what() : error.what() + " " + error.mend());
            if (error.byViews() && !views.contains(error.mend())) {
                views.add(error.mend());
            }
        }
        sentences.addAll(views);
        return String.join(" ", sentences);
    }

    /** Returns the host's tables; empty if none is found. */
    public HostTables tables() {
        Place place = Place.find(jdbc, path);
        return new HostTables(place.host() == null ? Map.of() : HostCatalogue.read(jdbc, place.host()));
    }
}
