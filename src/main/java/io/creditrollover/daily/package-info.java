/**
 * Daily work: calls each part of the product with something due on an ordinary day. The parts live in their own packages;
 * this one holds their order, their results, and nothing about what they do.
 */
@NullMarked
package io.creditrollover.daily;

import org.jspecify.annotations.NullMarked;
