/** Reads the host's tables from the catalogue and handles refusals. Assumes nothing else about the host. */
@NullMarked
package io.creditrollover.host;

import org.jspecify.annotations.NullMarked;
