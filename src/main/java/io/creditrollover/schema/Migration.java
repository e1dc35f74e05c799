package io.creditrollover.schema;

import java.util.List;

/**
 * What a migration did.
 *
 * @param applied what was missing before
 * @param notes what an operator should know, in sentences
 */
public record Migration(List<String> applied, List<String> notes) {}
