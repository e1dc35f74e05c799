/** How commands end: the exit codes of the contract, and the exception that carries one with its sentence. */
@NullMarked
package io.creditrollover.exit;

import org.jspecify.annotations.NullMarked;
