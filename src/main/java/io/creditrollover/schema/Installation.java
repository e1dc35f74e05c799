package io.creditrollover.schema;

import io.creditrollover.exit.ExitException;
import io.creditrollover.host.Finding;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks the product's tables for {@code doctor}. Reads only. */
@Component
public class Installation {
    private final Schema schema;
    private final OwnRights rights;
    private final InstalledTables tables;

    Installation(Schema schema, OwnRights rights, JdbcClient jdbc) {
        this.tables = new InstalledTables(jdbc);
        this.schema = schema;
        this.rights = rights;
    }

    /** Before the first migration returns a warning. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            List<String> pending = schema.pending();
            if (!schema.exists()) {
                tables.taken()
                        .forEach(name -> findings.add(Finding.error(
                                name,
                                "The table " + name
                                        + " already exists but does not belong to this system, which needs this name. Rename"
                                        + " it, or set rollover.schema to another schema for this system's tables.",
                                "")));
                findings.add(Finding.warning(
                        "migrate", "The tables of this system do not exist yet.", "Run the command migrate."));
            } else if (!pending.isEmpty()) {
                findings.add(Finding.warning(
                        "migrate",
                        "The tables of this system are not up to date (missing: " + String.join(", ", pending) + ").",
                        "Run the command migrate."));
            } else {
                rights.requireForLive();
            }
        } catch (ExitException refused) {
            findings.add(Finding.error("the tables of this system", refused.sentence(), ""));
        }
        return findings;
    }
}
