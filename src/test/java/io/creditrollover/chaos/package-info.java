/**
 * Faults injected into the real program: {@link io.creditrollover.chaos.ChaosEnvironment} holds a PostgreSQL server that can be
 * crashed, {@link io.creditrollover.chaos.TcpProxy} stands between it and the program, which runs as a process of its own
 * ({@link io.creditrollover.chaos.JarProcess}). {@link io.creditrollover.chaos.HostTraffic} spends and buys as hosts do, and
 * {@link io.creditrollover.chaos.Checker}, which knows nothing of the program's code, says what is wrong afterwards.
 *
 * <p>A round follows from its seed, but for the machine's own timing. {@code -Dchaos.seed} sets the first seed,
 * {@code -Dchaos.rounds} how many rounds each test of the long suite makes.
 */
@org.jspecify.annotations.NullMarked
package io.creditrollover.chaos;
