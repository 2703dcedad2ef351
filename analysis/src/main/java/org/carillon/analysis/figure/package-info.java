/**
 * The figures, painted with Java's own shapes and written as PNG, SVG and PDF, with their numbers
 * as CSV.
 *
 * <p>A {@link org.carillon.analysis.figure.Picture} is painted on any {@link java.awt.Graphics2D};
 * one unit is one pixel of a screen, and a figure of {@link
 * org.carillon.analysis.figure.Style#COLUMN_WIDTH} units is meant for one column of a paper (85
 * mm), where its smallest letters are set in 6.5 points. All letters are drawn as shapes, so a file
 * looks the same where the font is missing. Colours can be told apart without red and green and in
 * grey; one colour and one mark stand for one clock, and another set of colours for verdicts.
 *
 * <p>A picture is painted from the numbers that it gives as its {@link
 * org.carillon.analysis.figure.Points}. What it holds is bounded however long a run is: times are
 * counted in bins ({@link org.carillon.analysis.figure.LogHistogram}).
 *
 * <p>Doubles appear only here, for positions on paper; they are differences of times, never times.
 */
package org.carillon.analysis.figure;
