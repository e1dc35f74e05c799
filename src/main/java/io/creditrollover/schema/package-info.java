/** This system's tables and indexes: migrated by Flyway when asked to, checked otherwise; and the rights a run needs. */
@NullMarked
package io.creditrollover.schema;

import org.jspecify.annotations.NullMarked;
