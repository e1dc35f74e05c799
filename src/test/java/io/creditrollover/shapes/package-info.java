/**
 * Shapes that hosts' databases have, one a row in {@code src/test/resources/shapes}: {@link
 * io.creditrollover.shapes.Shape} is a row, {@link io.creditrollover.shapes.ShapeRun} runs the product on it, {@link
 * io.creditrollover.shapes.Judge} says who may have lost credits. The expectations come from the contract, not from the
 * product's code.
 */
@org.jspecify.annotations.NullMarked
package io.creditrollover.shapes;
