package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgPathsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "M1 2 L3 2 L3 5.5 L1 2 Z, M1 2h2v3.5l-2-3.5z",
    "M0.5 0.25 L0.75 0.5 L1 0.75, M.5.25l.25.25.25.25",
    "M10 10 Q12 10 12 12 C1 2 3 4 5 6, M10 10q2 0 2 2c-11-10-9-8-7-6",
    "M1 1 A5 5 0 0 1 2 2, M1 1 A5 5 0 0 1 2 2"
  })
  void pathsAreRelativeAndCommandsThatAreNotKnownStay(String path, String expected) {
    // A point may begin the next number in SVG, but other programs read a space more surely.
    String shorter = SvgPaths.shorter("<path d=\"" + path + "\"/>");
    assertThat(shorter.replace(" .", "."))
        .isEqualTo("<path d=\"" + expected.replace(" .", ".") + "\"/>");
  }

  /** Read back by a parser of its own, every corner is where it was to a hundredth. */
  @Test
  void noCornerMoves() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      StringBuilder path = new StringBuilder();
      List<double[]> corners = new ArrayList<>();
      int n = random.nextInt(2, 300);
      double x = 0;
      double y = 0;
      boolean begins = false;
      for (int i = 0; i < n; i++) {
        x = random.nextInt(4) == 0 ? x : random.nextDouble(-50, 1000);
        y = random.nextInt(4) == 0 ? y : random.nextDouble(-50, 1000);
        // Java's paths forget a move that another follows.
        begins = i == 0 || !begins && random.nextInt(20) == 0;
        path.append(String.format(Locale.ROOT, "%s%.2f %.2f ", begins ? "M" : "L", x, y));
        corners.add(new double[] {x, y});
      }
      List<double[]> read = corners(SvgPaths.shorter(" d=\"" + path + "\""));
      assertThat(read).hasSameSizeAs(corners);
      for (int i = 0; i < n; i++) {
        assertThat(read.get(i)[0]).isCloseTo(corners.get(i)[0], within(0.0051));
        assertThat(read.get(i)[1]).isCloseTo(corners.get(i)[1], within(0.0051));
      }
    }
  }

  private static List<double[]> corners(String path) {
    Path2D drawn = new Path2D.Double();
    Matcher part =
        Pattern.compile("([Mlhv])([^A-Za-z\"]*)").matcher(path.substring(path.indexOf('"')));
    Pattern number = Pattern.compile("-?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)");
    while (part.find()) {
      List<Double> numbers =
          number
              .matcher(part.group(2))
              .results()
              .map(match -> Double.parseDouble(match.group()))
              .toList();
      int at = 0;
      while (at < numbers.size()) {
        double x = drawn.getCurrentPoint() == null ? 0 : drawn.getCurrentPoint().getX();
        double y = drawn.getCurrentPoint() == null ? 0 : drawn.getCurrentPoint().getY();
        switch (part.group(1)) {
          case "M" -> drawn.moveTo(numbers.get(at++), numbers.get(at++));
          case "h" -> drawn.lineTo(x + numbers.get(at++), y);
          case "v" -> drawn.lineTo(x, y + numbers.get(at++));
          default -> drawn.lineTo(x + numbers.get(at++), y + numbers.get(at++));
        }
      }
    }
    List<double[]> corners = new ArrayList<>();
    double[] corner = new double[6];
    for (PathIterator i = drawn.getPathIterator(new AffineTransform()); !i.isDone(); i.next()) {
      i.currentSegment(corner);
      corners.add(corner.clone());
    }
    return corners;
  }
}
