package org.carillon.analysis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.figure.FigureWriter;
import org.carillon.analysis.figure.Figures;
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

  /**
   * Draws all figures of an analysis, several at once, and takes away those of an earlier one that
   * this one has not.
   *
   * @param reuse whether pictures that are there may be kept where they would come out the same
   * @return what a report shows
   */
  static List<Block.Figure> writeAll(
      List<Figure> figures, Set<FigureFormat> formats, Output output, boolean reuse) {
    KeptFigures kept = KeptFigures.in(output, reuse);
    Set<String> names = figures.stream().map(Figure::name).collect(Collectors.toSet());
    String others =
        Figures.NAMES.stream()
            .flatMap(
                name ->
                    Stream.concat(
                        Stream.of(FigureFormat.values())
                            .filter(format -> !names.contains(name) || !formats.contains(format))
                            .map(format -> name + format.suffix()),
                        names.contains(name) ? Stream.empty() : Stream.of(name + ".csv")))
            .collect(Collectors.joining(","));
    output.remove("figures/{" + others + "}");
    List<Block.Figure> drawn =
        figures.parallelStream().map(figure -> write(figure, formats, output, kept)).toList();
    kept.write();
    return drawn;
  }

  /** Draws a figure in each format, and gives back what a report shows. */
  public static Block.Figure write(Figure figure, Set<FigureFormat> formats, Output output) {
    return write(figure, formats, output, KeptFigures.in(output, false));
  }

  /** As above, but for what was drawn before. */
  static Block.Figure write(
      Figure figure, Set<FigureFormat> formats, Output output, KeptFigures kept) {
    String svg = FigureWriter.svg(figure);
    output.write("figures/" + figure.name() + ".csv", figure.points().csv());
    for (FigureFormat format : formats) {
      String name = "figures/" + figure.name() + format.suffix();
      if (format == FigureFormat.SVG) {
        output.write(name, svg);
      } else if (!kept.has(name, svg)) {
        byte[] picture =
            format == FigureFormat.PNG ? FigureWriter.png(figure) : FigureWriter.pdf(figure);
        output.write(name, picture);
        kept.put(name, svg, picture);
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
