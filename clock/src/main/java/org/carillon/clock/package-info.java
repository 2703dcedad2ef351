/**
 * The bounded clock: turns measurements of a node's clock into intervals that hold true time, and
 * says under which assumptions. Pure arithmetic on immutable values: no clock is read here, nothing
 * is sent, nothing waits.
 *
 * <p>A <em>raw</em> time is what the node's free-running counter shows, in ns since an arbitrary
 * moment; the offset θ is true time minus raw time. The formulas, their assumptions and their
 * sources are in docs/clock.md.
 *
 * <p>Not here: where measurements come from, which is {@code org.carillon.ntp}.
 */
package org.carillon.clock;
