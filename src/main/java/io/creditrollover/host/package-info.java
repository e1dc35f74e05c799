/**
 * Reads the host's tables from its catalogue, and handles refusals by its database. Assumes nothing else about the
 * host.
 */
@NullMarked
package io.creditrollover.host;

import org.jspecify.annotations.NullMarked;
