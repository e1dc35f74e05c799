/** The second look from outside: commands, tables and processes, held against the oracle. */
@org.jspecify.annotations.NullMarked
package io.creditrollover.secondlook;
