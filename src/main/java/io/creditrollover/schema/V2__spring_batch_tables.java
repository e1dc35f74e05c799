package io.creditrollover.schema;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Created Spring Batch's tables or used the host's. Empty since V9, because the product has its own. */
@SuppressWarnings({"MemberName", "TypeName"}) // Flyway reads version and description from the class name
final class V2__spring_batch_tables extends BaseJavaMigration {
    @Override
    public void migrate(Context context) {}
}
