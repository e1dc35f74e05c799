package io.creditrollover.schema;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Made Spring Batch's tables by the script in its jar, or used those of the host. Since V9 there are tables of our own. */
@SuppressWarnings({"MemberName", "TypeName"}) // Flyway reads version and description from the class name
final class V2__spring_batch_tables extends BaseJavaMigration {
    @Override
    public void migrate(Context context) {}
}
