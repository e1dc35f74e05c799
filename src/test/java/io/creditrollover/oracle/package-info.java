/**
 * The test oracle: the decision of the contract (section 4), written from its text alone by someone who has not seen
 * the product's code, in plain loops over plain rows. Nothing here may call the product's decision code.
 */
@org.jspecify.annotations.NullMarked
package io.creditrollover.oracle;
