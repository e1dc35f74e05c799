/** The demo, {@code ./mvnw spring-boot:test-run}: a month of a made-up SaaS, by the commands of the product. */
@NullMarked
package io.creditrollover.demo;

import org.jspecify.annotations.NullMarked;
