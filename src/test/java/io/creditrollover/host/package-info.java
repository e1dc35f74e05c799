@NullMarked
package io.creditrollover.host;

import org.jspecify.annotations.NullMarked;
