package io.creditrollover.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Spring Batch's own tables, by the script in its jar. A host that runs Spring Batch itself has them already; they are
 * shared then.
 */
@SuppressWarnings({"MemberName", "TypeName"}) // Flyway reads version and description from the class name
final class V2__spring_batch_tables extends BaseJavaMigration {
    private static final String SCRIPT = "org/springframework/batch/core/schema-postgresql.sql";

    @Override
    public void migrate(Context context) throws SQLException {
        if (!exist(context)) {
            ScriptUtils.executeSqlScript(context.getConnection(), new ClassPathResource(SCRIPT));
        }
    }

    private static boolean exist(Context context) throws SQLException {
        try (Statement statement = context.getConnection().createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('batch_job_instance') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }
}
