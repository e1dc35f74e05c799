/**
 * The command line: one class a command, all of them through {@link io.creditrollover.cli.CommandLineMain}. Standard output
 * carries the answer, for people or as one JSON object; standard error everything else.
 */
@NullMarked
package io.creditrollover.cli;

import org.jspecify.annotations.NullMarked;
