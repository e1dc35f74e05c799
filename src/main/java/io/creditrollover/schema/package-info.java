/** Migrates and checks the product's tables, indexes and rights. */
@NullMarked
package io.creditrollover.schema;

import org.jspecify.annotations.NullMarked;
