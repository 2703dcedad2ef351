/**
 * Judges the clocks of a recorded run: {@link org.carillon.analysis.Analysis} reads the CSV files,
 * computes the statistics, draws the figures and writes one report.
 *
 * <p>The data goes one way: {@code input} reads files, {@code store} keeps their rows in a database
 * and answers questions, {@code statistics} gives the answers types and writes {@code
 * summary.json}, {@code diagnosis} puts them into sentences, {@code figure} draws them, and {@code
 * report} makes one page of it all. Times are {@code long} ns since the Unix epoch from the file to
 * the figure.
 */
package org.carillon.analysis;
