package io.creditrollover.schema;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The scripts for a database. A new one begins with the whole schema as of version 9. One whose history has version 1
 * applies the scripts of 0.x from {@code db/upgrade}, and ends with the same tables.
 */
enum MigrationPath {
    NEW {
        @Override
        Set<String> versions() {
            return Schema.VERSIONS;
        }

        @Override
        void configure(FluentConfiguration flyway) {
            flyway.locations("classpath:db/migration").validateOnMigrate(true);
        }
    },

    UPGRADE {
        @Override
        Set<String> versions() {
            Set<String> versions = new HashSet<>(Schema.VERSIONS);
            versions.addAll(Set.of("1", "2", "3", "5", "6", "7", "8", "9.1"));
            return versions;
        }

        /** Leaves out version 9 of new databases. Does not validate: 0.x builds changed scripts that were applied. */
        @Override
        void configure(FluentConfiguration flyway) {
            flyway.locations("classpath:db/upgrade", "classpath:db/migration/V??__*.sql")
                    .javaMigrations(new V2__spring_batch_tables())
                    .validateOnMigrate(false);
        }
    };

    static MigrationPath of(Collection<String> applied) {
        return applied.contains("1") ? UPGRADE : NEW;
    }

    /** Returns all versions of an up-to-date database. */
    abstract Set<String> versions();

    abstract void configure(FluentConfiguration flyway);
}
