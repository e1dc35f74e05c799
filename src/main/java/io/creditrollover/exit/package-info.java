/** The exit codes of commands and their exception. */
@NullMarked
package io.creditrollover.exit;

import org.jspecify.annotations.NullMarked;
