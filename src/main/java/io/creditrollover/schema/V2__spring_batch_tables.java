package io.creditrollover.schema;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Empty since V9 created the product's own tables. */
@SuppressWarnings({"MemberName", "TypeName"}) // Flyway reads version and description from the class name
final class V2__spring_batch_tables extends BaseJavaMigration {
    @Override
    public void migrate(Context context) {}
}
