/** The keys {@code rollover.*}: bound, checked, and refused where unknown. */
@NullMarked
package io.creditrollover.config;

import org.jspecify.annotations.NullMarked;
