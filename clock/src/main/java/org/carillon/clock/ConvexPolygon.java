package org.carillon.clock;

import java.util.Arrays;
import java.util.Optional;

/**
 * A convex polygon in the plane: immutable, its corners counterclockwise. What cannot be exact is
 * done outward, so that a result always covers what it stands for.
 */
final class ConvexPolygon {

  /** More corners hardly narrow any interval; each costs time in every reading. */
  static final int CORNERS_MAX = 16;

  /** Corners nearer to each other than this, in both coordinates, are one. */
  private static final double SAME = 1e-9;

  /** No corner is this far outside of an edge, in x, unless the edge points the wrong way. */
  private static final double STRAY = 1e-6;

  private final double[] x;
  private final double[] y;
  private final double bottom;
  private final double top;

  private ConvexPolygon(double[] x, double[] y) {
    this.x = x;
    this.y = y;
    bottom = lowest(0, 1);
    top = highest(0, 1);
  }

  static ConvexPolygon rectangle(double left, double right, double bottom, double top) {
    return new ConvexPolygon(
        new double[] {left, right, right, left}, new double[] {bottom, bottom, top, top});
  }

  int corners() {
    return x.length;
  }

  /**
   * How far some points reach.
   *
   * @param lowest smallest value
   * @param highest largest value
   */
  record Span(double lowest, double highest) {}

  /** The values of a·x + b·y of all points. */
  Span span(double a, double b) {
    return new Span(lowest(a, b), highest(a, b));
  }

  /** The smallest value of a·x + b·y. */
  double lowest(double a, double b) {
    return -highest(-a, -b);
  }

  /** The largest value of a·x + b·y. */
  double highest(double a, double b) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      double value = a * x[i] + b * y[i];
      if (value > highest) {
        highest = value;
      }
    }
    return highest;
  }

  /** The smallest y; kept, unlike {@link #lowest}. */
  double bottom() {
    return bottom;
  }

  /** The largest y; kept, unlike {@link #highest}. */
  double top() {
    return top;
  }

  /** Moves every point up by so much times its x, plus a constant. */
  ConvexPolygon sheared(double upPerX, double up) {
    double[] moved = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      moved[i] = y[i] + upPerX * x[i] + up;
    }
    return new ConvexPolygon(x, moved);
  }

  /** All points that are at most so far to the left or right of one of these. */
  ConvexPolygon widened(double byX) {
    int n = x.length;
    int low = 0;
    int high = 0;
    for (int i = 1; i < n; i++) {
      low = y[i] < y[low] ? i : low;
      high = y[i] > y[high] ? i : high;
    }
    // Counterclockwise, the way up is on the right, and the way down on the left. Single edges
    // cannot tell it: rounding turns the level ones up or down.
    Corners wide = new Corners(n + 2);
    double by = -byX;
    for (int step = 0; step < n; step++) {
      int i = (low + step) % n;
      if (i != low && i != high) {
        wide.add(x[i] + by, y[i]);
        continue;
      }
      if (y[(i + n - 1) % n] != y[i]) {
        wide.add(x[i] + by, y[i]);
      }
      by = -by;
      if (y[(i + 1) % n] != y[i]) {
        wide.add(x[i] + by, y[i]);
      }
    }
    return wide.polygon().orElseThrow();
  }

  /** The part with a·x + b·y ≤ limit; empty if there is none with an area. */
  Optional<ConvexPolygon> below(double a, double b, double limit) {
    int n = x.length;
    // One more than before; but an edge along the cut that rounding has dented crosses it often.
    Corners kept = new Corners(2 * n);
    double overBefore = a * x[n - 1] + b * y[n - 1] - limit;
    for (int i = 0; i < n; i++) {
      double over = a * x[i] + b * y[i] - limit;
      if (over > 0 != overBefore > 0) {
        int before = (i + n - 1) % n;
        double share = overBefore / (overBefore - over);
        kept.add(x[before] + share * (x[i] - x[before]), y[before] + share * (y[i] - y[before]));
      }
      if (over <= 0) {
        kept.add(x[i], y[i]);
      }
      overBefore = over;
    }
    return kept.polygon();
  }

  /**
   * The part that both cover; empty if there is none with an area.
   *
   * @param slack how far outside of the other one may be, in units of y, > 0
   */
  Optional<ConvexPolygon> and(ConvexPolygon other, double slack) {
    Optional<ConvexPolygon> common = Optional.of(this);
    int n = other.x.length;
    for (int i = 0; i < n && common.isPresent(); i++) {
      int next = (i + 1) % n;
      // Inside is to the left of each edge, so (Δy, −Δx) points outward.
      double a = other.y[next] - other.y[i];
      double b = other.x[i] - other.x[next];
      double limit = a * other.x[i] + b * other.y[i] + slack * Math.abs(b);
      // Rounding can turn an edge of next to no length anywhere. Such a one does not even bound its
      // own polygon, and its neighbours meet without it.
      if (other.span(a, b).highest() <= limit + STRAY * Math.abs(a)) {
        common = common.get().below(a, b, limit);
      }
    }
    return common;
  }

  /**
   * A polygon of at most {@link #CORNERS_MAX} corners that covers this one. Edges go, and their
   * neighbours meet further out; the one that costs the least area goes first.
   */
  ConvexPolygon simplified() {
    ConvexPolygon simple = this;
    while (simple.x.length > CORNERS_MAX) {
      Optional<ConvexPolygon> simpler = simple.withoutCheapestEdge();
      if (simpler.isEmpty()) {
        return simple;
      }
      simple = simpler.get();
    }
    return simple;
  }

  private Optional<ConvexPolygon> withoutCheapestEdge() {
    int n = x.length;
    int cheapest = -1;
    double smallest = Double.POSITIVE_INFINITY;
    double meetX = 0;
    double meetY = 0;
    for (int i = 0; i < n; i++) {
      int before = (i + n - 1) % n;
      int next = (i + 1) % n;
      int after = (i + 2) % n;
      double inX = x[i] - x[before];
      double inY = y[i] - y[before];
      double outX = x[after] - x[next];
      double outY = y[after] - y[next];
      double turn = inX * outY - inY * outX;
      double edgeX = x[next] - x[i];
      double edgeY = y[next] - y[i];
      double along = (edgeX * outY - edgeY * outX) / turn;
      double area = along * (inX * edgeY - inY * edgeX);
      if (turn > 0 && along >= 0 && area < smallest) {
        cheapest = i;
        smallest = area;
        meetX = x[i] + along * inX;
        meetY = y[i] + along * inY;
      }
    }
    if (cheapest < 0) {
      return Optional.empty();
    }
    Corners rest = new Corners(n - 1);
    for (int i = 0; i < n; i++) {
      if (i == cheapest) {
        rest.add(meetX, meetY);
      } else if (i != (cheapest + 1) % n) {
        rest.add(x[i], y[i]);
      }
    }
    return rest.polygon();
  }

  @Override
  public String toString() {
    return Arrays.toString(x) + " " + Arrays.toString(y);
  }

  /** A polygon in the making. */
  private static final class Corners {
    private final double[] x;
    private final double[] y;
    private int count;

    Corners(int atMost) {
      x = new double[atMost];
      y = new double[atMost];
    }

    void add(double cornerX, double cornerY) {
      if (count == 0 || !same(cornerX, cornerY, x[count - 1], y[count - 1])) {
        x[count] = cornerX;
        y[count] = cornerY;
        count++;
      }
    }

    private static boolean same(double x1, double y1, double x2, double y2) {
      return Math.abs(x1 - x2) < SAME && Math.abs(y1 - y2) < SAME;
    }

    Optional<ConvexPolygon> polygon() {
      while (count > 1 && same(x[0], y[0], x[count - 1], y[count - 1])) {
        count--;
      }
      return count < 3
          ? Optional.empty()
          : Optional.of(new ConvexPolygon(Arrays.copyOf(x, count), Arrays.copyOf(y, count)));
    }
  }
}
