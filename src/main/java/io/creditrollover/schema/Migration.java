package io.creditrollover.schema;

import java.util.List;

/**
 * The result of a migration.
 *
 * @param applied items missing before
 * @param notes sentences for the operator
 */
public record Migration(List<String> applied, List<String> notes) {}
