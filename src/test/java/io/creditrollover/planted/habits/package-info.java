@NullMarked
package io.creditrollover.planted.habits;

import org.jspecify.annotations.NullMarked;
