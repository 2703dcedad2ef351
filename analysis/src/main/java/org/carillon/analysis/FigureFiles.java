package org.carillon.analysis;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.figure.FigureWriter;
import org.carillon.analysis.figure.Typeface;
import org.carillon.analysis.report.Block;

/** Figures as files: each format of the picture, and the numbers in it as CSV. */
public final class FigureFiles {

  private FigureFiles() {}

  /** Why nothing can be drawn on this machine, as a warning; empty if it can. */
  public static Optional<String> problem() {
    return Typeface.problem()
        .map(
            problem ->
                "The figures could not be drawn, because Java finds no font on this machine ("
                    + problem
                    + "); install fontconfig and a font, or use the distribution's own runtime.");
  }

  /** Draws a figure in each format, and gives back what a report shows. */
  public static Block.Figure write(Figure figure, Set<FigureFormat> formats, Output output) {
    String svg = FigureWriter.svg(figure);
    output.write("figures/" + figure.name() + ".csv", figure.points().csv());
    for (FigureFormat format : formats) {
      String name = "figures/" + figure.name() + format.suffix();
      switch (format) {
        case PNG -> output.write(name, FigureWriter.png(figure));
        case SVG -> output.write(name, svg);
        case PDF -> output.write(name, FigureWriter.pdf(figure));
      }
    }
    return new Block.Figure(
        figure.name(), figure.title(), figure.caption(), svg, shown(figure, formats));
  }

  /** The picture that a browser shows best, of those that were written. */
  private static Optional<String> shown(Figure figure, Set<FigureFormat> formats) {
    return Stream.of(FigureFormat.SVG, FigureFormat.PNG)
        .filter(formats::contains)
        .findFirst()
        .map(format -> "figures/" + figure.name() + format.suffix());
  }
}
