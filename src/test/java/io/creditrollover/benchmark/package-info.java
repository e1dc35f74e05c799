/**
 * How fast a month is, and how quiet: this job beside what one would write instead, on a real server that keeps its data
 * safe. {@link io.creditrollover.benchmark.Benchmark} is the way in; docs/performance.md shows what came out.
 */
package io.creditrollover.benchmark;
