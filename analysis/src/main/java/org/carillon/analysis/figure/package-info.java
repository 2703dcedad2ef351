/**
 * The figures: drawn by XChart where it has axes, grids and curves, with labels of our own, and
 * written as PNG, SVG and PDF.
 *
 * <p>A {@link org.carillon.analysis.figure.Picture} is painted on any {@link java.awt.Graphics2D};
 * one unit is one pixel of a screen, and a figure of {@link
 * org.carillon.analysis.figure.Style#COLUMN_WIDTH} units is meant for one column of a paper (85
 * mm), where its smallest letters are set in 6.5 points. All letters are drawn as shapes, so a file
 * looks the same where the font is missing. Colours can be told apart without red and green and in
 * grey; one colour stands for one clock, and another set for verdicts.
 *
 * <p>Doubles appear only here, for positions on paper; they are differences of times, never times.
 */
package org.carillon.analysis.figure;
