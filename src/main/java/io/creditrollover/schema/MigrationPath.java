package io.creditrollover.schema;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The scripts for a database. A new one begins with the whole schema as of version 9. One whose history has version 1
 * applies the scripts of 0.x from {@code db/upgrade}, and ends with the same tables.
 */
enum MigrationPath {
    NEW(Set.of(), "classpath:db/migration") {
        @Override
        void configure(FluentConfiguration flyway) {
            super.configure(flyway);
            flyway.validateOnMigrate(true);
        }
    },

    /** Not validated: 0.x builds changed scripts after they were applied. The wildcard leaves out version 9. */
    UPGRADE(
            Set.of("1", "2", "3", "5", "6", "7", "8", "9.1"),
            "classpath:db/upgrade",
            "classpath:db/migration/V??__*.sql") {
        @Override
        void configure(FluentConfiguration flyway) {
            super.configure(flyway);
            flyway.validateOnMigrate(false).javaMigrations(new V2__spring_batch_tables());
        }
    };

    private final Set<String> ownVersions;
    private final String[] locations;

    MigrationPath(Set<String> ownVersions, String... locations) {
        this.ownVersions = ownVersions;
        this.locations = locations;
    }

    static MigrationPath of(Collection<String> applied) {
        return applied.contains("1") ? UPGRADE : NEW;
    }

    /** Returns all versions of an up-to-date database. */
    Set<String> versions() {
        Set<String> versions = new HashSet<>(ownVersions);
        versions.addAll(Schema.VERSIONS);
        return versions;
    }

    void configure(FluentConfiguration flyway) {
        flyway.locations(locations).javaMigrations(new JavaMigration[0]);
    }
}
