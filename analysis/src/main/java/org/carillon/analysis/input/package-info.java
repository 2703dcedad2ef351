/**
 * Reading the CSV files of a run: which files a folder holds, their lines, their cells.
 *
 * <p>A file comes from a process that may have been killed, from another program, or from an
 * editor, so everything about it is checked and everything wrong is reported with file, line and
 * column. Lines are counted from 1, the header being line 1. A line break always ends a row, also
 * inside quotes: no cell of these files holds one, and a quote left open must not swallow the rest
 * of the file.
 *
 * <p>Absolute times are {@code long} ns since the Unix epoch; cells in milliseconds or seconds are
 * converted to whole nanoseconds by decimal arithmetic, half to even. No floating point is used.
 *
 * <p>Not here: which rows count (the statements of the store), and what they mean.
 */
package org.carillon.analysis.input;
