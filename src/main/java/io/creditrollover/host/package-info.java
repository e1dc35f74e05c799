/**
 * What the host's catalogue says of its tables, and what its database makes of a change: nothing about the host is assumed
 * that was not read from there.
 */
@NullMarked
package io.creditrollover.host;

import org.jspecify.annotations.NullMarked;
