/**
 * How good each clock, the network and the sender were in a run: what is behind the verdicts of
 * {@link org.carillon.analysis.statistics}.
 *
 * <p>Everything is a count or a number of nanoseconds or parts per billion; only an Allan deviation
 * is a ratio. What was not measured is empty, and what too few samples cannot tell is said to be
 * so.
 */
package org.carillon.analysis.statistics.quality;
