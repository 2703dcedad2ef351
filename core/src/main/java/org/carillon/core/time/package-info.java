/**
 * Clocks, bounded readings and durations.
 *
 * <p>Absolute times are {@code long} nanoseconds since the Unix epoch (UTC), named {@code …Ns}.
 * Three timescales meet here and are never mixed: <em>realtime</em> is the machine's
 * CLOCK_REALTIME; <em>local</em> is what the node's clock shows, which equals realtime unless the
 * clock is simulated; <em>monotonic</em> has no epoch, never steps, and serves for waiting and for
 * ages. {@link org.carillon.core.time.ClockSource} is the only place that reads the machine's
 * clocks or waits.
 *
 * <p>All types are safe for use by several threads unless they say otherwise.
 */
package org.carillon.core.time;
