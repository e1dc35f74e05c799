/** A small house in which every rule of the house is broken once. Abstract where Spring would find a bean. */
@NullMarked
package io.creditrollover.planted;

import org.jspecify.annotations.NullMarked;
