package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConvexPolygonTest {

  private static final ConvexPolygon SQUARE = ConvexPolygon.rectangle(-1, 1, -1, 1);

  /** The unit disc in many corners. */
  private static ConvexPolygon round(int cuts, SplittableRandom random) {
    ConvexPolygon polygon = SQUARE;
    for (int i = 0; i < cuts; i++) {
      double angle = random.nextDouble(2 * Math.PI);
      polygon = polygon.below(Math.cos(angle), Math.sin(angle), 1).orElseThrow();
    }
    return polygon;
  }

  @Test
  void aCutTakesACornerAway() {
    ConvexPolygon cut = SQUARE.below(1, 1, 1).orElseThrow();
    assertThat(cut.corners()).isEqualTo(5);
    assertThat(cut.span(1, 1).highest()).isEqualTo(1);
    assertThat(cut.span(1, 0).highest()).isEqualTo(1);
    assertThat(cut.span(1, 1).lowest()).isEqualTo(-2);
  }

  @Test
  void aCutBesideItTakesNothingOrAll() {
    assertThat(SQUARE.below(1, 0, 1).orElseThrow().corners()).isEqualTo(4);
    assertThat(SQUARE.below(1, 0, -1.5)).isEmpty();
  }

  @Test
  void wideningMovesTheSidesOnly() {
    ConvexPolygon wide = SQUARE.below(1, 1, 1).orElseThrow().widened(3);
    assertThat(wide.span(1, 0).highest()).isEqualTo(4);
    assertThat(wide.span(1, 0).lowest()).isEqualTo(-4);
    assertThat(wide.span(0, 1).highest()).isEqualTo(1);
    assertThat(wide.span(1, 1).highest()).isEqualTo(4);
  }

  @Test
  void shearingMovesEveryPointByItsOwnX() {
    ConvexPolygon sheared = SQUARE.sheared(10, 100);
    assertThat(sheared.span(0, 1).highest()).isEqualTo(111);
    assertThat(sheared.span(0, 1).lowest()).isEqualTo(89);
    assertThat(sheared.span(1, 0).highest()).isEqualTo(1);
  }

  @Property
  void aSimplerPolygonCoversTheOriginal(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvexPolygon original = round(60, random);
    ConvexPolygon simple = original.simplified();
    assertThat(simple.corners()).isLessThanOrEqualTo(ConvexPolygon.CORNERS_MAX);
    for (int i = 0; i < 100; i++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      assertThat(simple.span(a, b).highest())
          .isGreaterThanOrEqualTo(original.span(a, b).highest() - 1e-12);
    }
    assertThat(simple.span(1, 0).highest()).as("not by much").isLessThan(1.5);
  }

  @Property
  void whatIsInBothIsAsFarAsTheNearer(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvexPolygon disc = round(20, random);
    ConvexPolygon right = disc.below(-1, 0, 0).orElseThrow();
    ConvexPolygon both = disc.and(right, 1e-9).orElseThrow();
    assertThat(both.span(1, 0).lowest()).isCloseTo(0, Offset.offset(1e-6));
    assertThat(both.span(1, 0).highest()).isCloseTo(disc.span(1, 0).highest(), Offset.offset(1e-6));
    assertThat(both.span(0, 1).highest())
        .isCloseTo(right.span(0, 1).highest(), Offset.offset(1e-6));
    assertThat(disc.and(SQUARE.sheared(0, 3), 1e-9)).isEmpty();
  }

  @Property
  void wideningAddsItsWidthInEveryDirection(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvexPolygon disc = round(20, random);
    double a = random.nextDouble(-1, 1);
    double b = random.nextDouble(-1, 1);
    assertThat(disc.widened(0.5).span(a, b).highest())
        .isCloseTo(disc.span(a, b).highest() + 0.5 * Math.abs(a), Offset.offset(1e-8));
  }

  @Test
  void anEdgeThatRoundingHasTurnedDoesNotMakeItWiderThanItIs() {
    // The bottom is level but for a dent that no double arithmetic at 10⁷ can avoid.
    ConvexPolygon dented =
        ConvexPolygon.rectangle(-1, 1, 0, 1)
            .below(1, -1e-9, 0.5)
            .orElseThrow()
            .sheared(1e7, 1e7)
            .widened(1e-4)
            .sheared(-1e7, -1e7)
            .widened(1e-4);
    assertThat(dented.corners()).isLessThanOrEqualTo(9);
    assertThat(dented.and(SQUARE, 1e-3).orElseThrow().span(1, 0).lowest())
        .isCloseTo(-1, Offset.offset(1e-3));
    assertThat(SQUARE.and(dented, 1e-3)).isPresent();
  }
}
