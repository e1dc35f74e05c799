/** Binds and checks the keys {@code rollover.*}, and rejects unknown ones. */
@NullMarked
package io.creditrollover.config;

import org.jspecify.annotations.NullMarked;
