/** The exit codes of the contract, and the exception with an exit code and a sentence. */
@NullMarked
package io.creditrollover.exit;

import org.jspecify.annotations.NullMarked;
