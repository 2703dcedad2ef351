/**
 * What the rows of a run say about its clocks: the definitions of docs/formats.md as types, filled
 * by the statements of the store, and written as {@code summary.json}.
 *
 * <p>Everything is a count or a number of nanoseconds; nothing is a floating-point number. What
 * cannot be compared is said to be so, with the reason; what was not measured is empty.
 */
package org.carillon.analysis.statistics;
