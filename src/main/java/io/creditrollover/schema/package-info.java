/** The product's tables and indexes: migration by Flyway on command, checks, and the rights of a run. */
@NullMarked
package io.creditrollover.schema;

import org.jspecify.annotations.NullMarked;
