/**
 * One class per command, started by {@link io.creditrollover.cli.CommandLineMain}. Standard output has only the result,
 * as text or one JSON object; all else goes to standard error.
 */
@NullMarked
package io.creditrollover.cli;

import org.jspecify.annotations.NullMarked;
